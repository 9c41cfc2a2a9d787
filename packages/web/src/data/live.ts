import { createStream, type StreamEvent } from '@pumpiq/api'
import { soon } from '../platform/clock.ts'

export type Happening = 'recommendation' | 'outcome' | 'sources'

type Hearer = { readonly of: readonly Happening[]; readonly refresh: () => void }

/** Many pages hear at once: they do not all ask at once. */
const spreadMs = 700

const hearers = new Set<Hearer>()
let line: AbortController | null = null

/**
 * Calls `refresh` a moment after one of these has happened; several within the moment are one. What happened is asked for, not taken from the
 * stream. Where there is no stream, or it is cut, pages are as fresh as their own pace makes them. Returns how to stop.
 */
export function onHappening(of: readonly Happening[], refresh: () => void): () => void {
  let cancel: (() => void) | null = null
  const hearer: Hearer = {
    of,
    refresh() {
      cancel ??= soon(100 + Math.random() * spreadMs, () => {
        cancel = null
        refresh()
      })
    },
  }
  hearers.add(hearer)
  line ??= listen()
  return () => {
    hearers.delete(hearer)
    cancel?.()
    // Whoever goes to another page hears again at once: the line stays a moment.
    if (hearers.size === 0) soon(1_000, hangUp)
  }
}

function hangUp(): void {
  if (hearers.size > 0) return
  line?.abort()
  line = null
}

function listen(): AbortController {
  const abort = new AbortController()
  const channels = ['recommendations', 'outcomes', 'sources'] as const
  const hear = async () => {
    for await (const event of createStream({ baseUrl: location.origin, channels, abort: abort.signal })) spread(event)
  }
  // A server without a stream says so once; the pages' own pace is what is left.
  hear().catch(() => {})
  return abort
}

function spread({ event }: StreamEvent): void {
  for (const { of, refresh } of hearers) if (of.some((one) => one === event)) refresh()
}
