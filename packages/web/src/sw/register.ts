import { useSyncExternalStore } from 'react'
import { repeat } from '../platform/clock.ts'

/** How often it is looked for a new version while a page is seen, ms; the browser itself looks when one is gone to. */
const lookEveryMs = 1_800_000

let isOld = false
const hearers = new Set<() => void>()

/** Whether the server has newer pages than this one: it goes on as it is until it is loaded anew. */
export const useIsOld = (): boolean =>
  useSyncExternalStore(
    (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    () => isOld,
  )

/** The script that this page was begun with; its name bears the version. */
const entry = (): string | null => {
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]')
  return script && new URL(script.src).pathname
}

/** Asks the worker in charge whether this page is of its version. */
function askWhetherOld(): void {
  const { controller } = navigator.serviceWorker
  const own = entry()
  if (!controller || own === null) return
  const line = new MessageChannel()
  line.port1.addEventListener('message', ({ data }) => {
    line.port1.close()
    isOld = data === false
    for (const hear of hearers) hear()
  })
  line.port1.start()
  controller.postMessage(own, [line.port2])
}

/** What the first page needs is not made to wait for what is kept for later. */
const loaded = (): Promise<void> =>
  document.readyState === 'complete'
    ? Promise.resolve()
    : new Promise((go) => window.addEventListener('load', () => go(), { once: true }))

/**
 * Lets the worker keep the pages for when there is no network. A browser that has none, or forbids it (a private window), shows the pages all
 * the same, with the network alone.
 */
export async function keepPages(): Promise<void> {
  // The server for developing has no worker; a build for tests has one, though it is no production of Vite's `PROD`.
  if (import.meta.env.MODE !== 'production' || !('serviceWorker' in navigator)) return
  await loaded()
  navigator.serviceWorker.addEventListener('controllerchange', askWhetherOld)
  try {
    const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })
    // Where there is no network, nothing is new.
    repeat(lookEveryMs, () => void registration.update().catch(() => {}))
  } catch {
    // As said above.
  }
}
