import { createStream, type Health, type StreamChannel, type StreamEvent } from '@pumpiq/api'
import { soon } from '../platform/clock.ts'
import { queryClient } from './query.ts'

export type Happening = 'recommendation' | 'outcome' | 'sources'

type Hearer = { readonly of: readonly Happening[]; readonly refresh: () => void }

export type PriceHappened = Extract<StreamEvent, { event: 'price' }>

/** Many pages hear at once: they do not all ask at once. */
const spreadMs = 700

const hearers = new Set<Hearer>()
const priceHearers = new Set<(price: PriceHappened) => void>()

/** `isOpen`: something was told over it. Cutting one before is a complaint on the console. */
type Line = { readonly abort: AbortController; readonly hasPrices: boolean; isOpen: boolean }

/** One line for all that is heard; prices come over it while somebody shows them. */
let line: Line | null = null
/** The last number of the ledger that was told: whoever opens another line misses nothing in between. */
let told: number | undefined

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
  openLine()
  return () => {
    hearers.delete(hearer)
    cancel?.()
    leave()
  }
}

/** Calls `hear` with each price as it is told. For parts: `useLivePrice` of data/prices.ts. Returns how to stop. */
export function onPrice(hear: (price: PriceHappened) => void): () => void {
  priceHearers.add(hear)
  openLine()
  return () => {
    priceHearers.delete(hear)
    leave()
  }
}

/** Parts come one after the other: what they want to hear is asked for together. */
let opening: (() => void) | null = null

function openLine(): void {
  opening ??= soon(0, () => {
    opening = null
    const wantsPrices = priceHearers.size > 0
    const isEnough = line !== null && (line.hasPrices || !wantsPrices || !line.isOpen)
    if (isEnough || hearers.size + priceHearers.size === 0) return
    line?.abort.abort()
    line = listen(wantsPrices)
  })
}

/** Whoever goes to another page hears again at once: the line stays a moment. */
function leave(): void {
  if (hearers.size + priceHearers.size === 0) soon(1_000, hangUp)
}

function hangUp(): void {
  if (hearers.size + priceHearers.size > 0) return
  line?.abort.abort()
  line = null
}

function listen(hasPrices: boolean): Line {
  const abort = new AbortController()
  const own: Line = { abort, hasPrices, isOpen: false }
  const channels: StreamChannel[] = ['recommendations', 'outcomes', 'sources']
  if (hasPrices) channels.push('prices')
  // The first line begins where the ledger was when the page came: what is sealed before it is open, or while it is cut, is heard as well.
  told ??= queryClient.getQueryData<Health>(['health'])?.ledger.seq
  const since = told === undefined ? {} : { since: told }
  const hear = async () => {
    for await (const event of createStream({ baseUrl: location.origin, channels, abort: abort.signal, ...since })) {
      if (!own.isOpen) {
        own.isOpen = true
        // Somebody may have come to show prices meanwhile.
        openLine()
      }
      spread(event)
    }
  }
  // A server without a stream says so once; the pages' own pace is what is left.
  hear().catch(() => {})
  return own
}

function spread(event: StreamEvent): void {
  if ('seq' in event) told = event.seq
  if (event.event === 'price') for (const hear of priceHearers) hear(event)
  else for (const { of, refresh } of hearers) if (of.some((one) => one === event.event)) refresh()
}
