import { clsx } from 'clsx'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { texts } from '../../words/language.ts'
import { Button } from './button.tsx'

const text = texts({ en: { close: 'Close' } })

type Props = {
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
  actions?: ReactNode
  /** Towards the top of the screen: what is in it grows, and its head stays where it is. */
  high?: boolean
}

/**
 * The browser's own modal dialog: it holds the focus, gives it back, and closes by Escape. Whoever opens it is at what bears `data-first`, else
 * at its first button.
 */
export function Dialog({ title, open, onClose, children, actions, high = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (open) {
      dialog.current?.showModal()
      dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus()
    } else dialog.current?.close()
  }, [open])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      // That of a dialog within this one is told here, too.
      onClose={({ target, currentTarget }) => target === currentTarget && onClose()}
      className={clsx(
        high ? 'mx-auto mt-[min(12vh,7rem)] mb-auto' : 'm-auto',
        'w-[min(36rem,calc(100vw-2rem))] rounded-xl border border-line-2 bg-card p-0 text-ink shadow-card backdrop:bg-black/50',
      )}
    >
      {open && (
        <div className="grid gap-4 p-5">
          <header className="flex items-center gap-3">
            <h2 id={id}>{title}</h2>
            <Button small look="quiet" className="ml-auto" onClick={onClose}>
              {text.close}
            </Button>
          </header>
          {children}
          {actions !== undefined && <footer className="flex flex-wrap justify-end gap-2">{actions}</footer>}
        </div>
      )}
    </dialog>
  )
}
