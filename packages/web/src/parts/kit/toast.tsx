import { useSyncExternalStore } from 'react'
import { soon } from '../../platform/clock.ts'

type Toast = { readonly id: number; readonly text: string; readonly tone: 'good' | 'bad' }

const shownMs = 6_000
let toasts: readonly Toast[] = []
let last = 0
const hearers = new Set<() => void>()

function show(next: readonly Toast[]): void {
  toasts = next
  for (const hear of hearers) hear()
}

/** Says for a moment what became of something the reader did. What he must not miss stands on the page itself. */
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  const id = ++last
  show([...toasts.slice(-2), { id, text, tone }])
  soon(shownMs, () => show(toasts.filter((one) => one.id !== id)))
}

/** Where toasts are shown and read out; once in the app. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    () => toasts,
  )
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-20 z-50 grid justify-items-center gap-2 px-4 sm:bottom-6"
    >
      {shown.map(({ id, text, tone }) => (
        <p
          key={id}
          className={`max-w-md rounded-lg border px-4 py-2.5 text-sm shadow-card ${tone === 'good' ? 'border-buy bg-buy-soft' : 'border-sell bg-sell-soft'}`}
        >
          {text}
        </p>
      ))}
    </div>
  )
}
