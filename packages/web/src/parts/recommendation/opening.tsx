import { useState, type ReactNode } from 'react'
import type { Explanation } from '@pumpiq/domain'
import { OpeningContext, type Opening } from '../cited-text.tsx'
import { ReferencePanel } from './reference-panel.tsx'

/** Lets all references below it be opened, one at a time. Whoever closes it is back where he opened the first. */
export function Openable({ told, children }: { told: Explanation | null; children: ReactNode }) {
  const [open, setOpen] = useState<{ readonly id: string; readonly by: HTMLElement } | null>(null)
  const close = () => {
    setOpen(null)
    if (open?.by.isConnected) open.by.focus()
  }
  const opening: Opening = {
    opened: open?.id ?? null,
    open(id, by) {
      if (id === open?.id) return close()
      setOpen({ id, by: open && by.closest('[data-opened]') ? open.by : by })
    },
  }
  return (
    <OpeningContext value={told && opening}>
      <div
        onKeyDown={({ key }) => {
          if (key === 'Escape' && open) close()
        }}
      >
        {children}
        <div data-opened>{told && open && <ReferencePanel key={open.id} id={open.id} told={told} close={close} />}</div>
      </div>
    </OpeningContext>
  )
}
