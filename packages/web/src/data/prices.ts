import { useCallback, useSyncExternalStore } from 'react'
import { toNumber, type Price } from '@pumpiq/domain'
import { nextFrame } from '../platform/clock.ts'
import { onPrice, type PriceHappened } from './live.ts'

/** The newest that was told of a token. `count` grows with each change, `way` is where it went: 1 up, -1 down, 0 for the first. */
export type LivePrice = {
  readonly value: Price
  readonly source: string
  /** Epoch ms. */
  readonly observedAt: number
  readonly count: number
  readonly way: 1 | 0 | -1
}

const shown = new Map<string, LivePrice>()
const hearers = new Map<string, Set<() => void>>()
/** What came since the last frame, the newest of each token. */
const waiting = new Map<string, PriceHappened>()
let isDrawing = false
let stop: (() => void) | null = null

/** However many come within a frame, each token that changed is drawn once. */
function take(price: PriceHappened): void {
  waiting.set(price.token, price)
  if (isDrawing) return
  isDrawing = true
  nextFrame(() => {
    isDrawing = false
    const changed = [...waiting.values()].filter(show)
    waiting.clear()
    for (const { token } of changed) for (const hear of hearers.get(token) ?? []) hear()
  })
}

/** False where it is no news: the same price, or an older one than is shown. */
function show({ token, value, source, observedAt }: PriceHappened): boolean {
  const before = shown.get(token)
  const at = Date.parse(observedAt)
  if (before && at < before.observedAt) return false
  const way = before ? (Math.sign(toNumber(value) - toNumber(before.value)) as 1 | 0 | -1) : 0
  const isSame = before?.value === value
  shown.set(token, {
    value,
    source,
    observedAt: at,
    count: (before?.count ?? 0) + (isSame ? 0 : 1),
    way: isSame ? before.way : way,
  })
  return true
}

function hearOf(token: string, hear: () => void): () => void {
  const those = hearers.get(token) ?? new Set()
  hearers.set(token, those.add(hear))
  stop ??= onPrice(take)
  return () => {
    those.delete(hear)
    if (those.size === 0) hearers.delete(token)
    if (hearers.size > 0) return
    stop?.()
    stop = null
  }
}

/**
 * The price of a token as it is told over the stream; null before the first, and where there is no stream: then the answer of the API is what
 * there is. Whoever shows both shows the newer one.
 */
export function useLivePrice(token: string): LivePrice | null {
  const hearIt = useCallback((hear: () => void) => hearOf(token, hear), [token])
  return useSyncExternalStore(hearIt, () => shown.get(token) ?? null)
}
