import { lazy, Suspense, useEffect, useState } from 'react'
import { shellTexts as text } from '../../words/texts/shell.ts'

/** Loaded when it is first opened. */
const SearchPalette = lazy(() =>
  import('./search-palette.tsx').then(({ SearchPalette: palette }) => ({ default: palette })),
)

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName))

/** Opens the search: by its button, by "/" and by Ctrl or Cmd with K. */
export function SearchBox() {
  /** Null: never opened, and not loaded. */
  const [open, setOpen] = useState<boolean | null>(null)
  useEffect(() => {
    const read = (event: KeyboardEvent) => {
      const isCall =
        (event.key === '/' && !isWriting(event.target)) || (event.key === 'k' && (event.metaKey || event.ctrlKey))
      if (!isCall || event.altKey) return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', read)
    return () => removeEventListener('keydown', read)
  }, [])
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={text.searchKey}
        aria-keyshortcuts="/ Control+K Meta+K"
        className="inline-flex min-h-9 min-w-9 items-center justify-center gap-2 rounded-lg border border-line-2 bg-card px-2.5 text-sm text-ink-2 hover:text-ink xl:min-w-44 xl:justify-start"
      >
        <svg viewBox="0 0 20 20" aria-hidden="true" className="size-4 fill-none stroke-current" strokeWidth="2">
          <circle cx="8.5" cy="8.5" r="5.5" />
          <path d="m13 13 5 5" strokeLinecap="round" />
        </svg>
        <span className="hidden xl:inline">{text.search}</span>
        <kbd className="ml-auto hidden rounded border border-line-2 px-1.5 text-xs xl:inline">/</kbd>
      </button>
      {open !== null && (
        <Suspense>
          <SearchPalette open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
