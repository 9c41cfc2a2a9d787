import { isFailure } from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Source } from './source.ts'

/** How one feed of a source answered when it was asked once. `latencyMs` is of the whole question; `reason` is ours to show. */
export type Probed = {
  source: string
  feed: 'candles' | 'price' | 'catalogue'
  ok: boolean
  latencyMs: number
  reason: string | null
}

type Needs = { ask: Ask; clock: Clock; patienceMs?: number; abort?: AbortSignal }

/** Asks each feed of the source once, for BTC (the catalogue: one page). Never throws for a source that fails: that is the answer. */
export async function probe(source: Source, { ask, clock, patienceMs = 10_000, abort }: Needs): Promise<Probed[]> {
  const get = ask.from(source, { patienceMs, ...(abort && { abort }) })
  const btc = { symbol: 'BTC', now: clock.now(), get, abort }
  const { candles, price, catalogue } = source.feeds
  const questions: [Probed['feed'], (() => Promise<unknown>) | undefined][] = [
    ['candles', candles && (async () => orNothing((await candles({ ...btc, interval: '1h', limit: 2 })).length))],
    ['price', price && (() => price(btc))],
    ['catalogue', catalogue && (async () => orNothing((await catalogue({ pages: 1, get, abort })).length))],
  ]
  const probed: Probed[] = []
  for (const [feed, question] of questions) {
    if (!question) continue
    const startedAt = clock.monotonic()
    const reason = await question().then(
      (said) => (said === nothing ? 'answered that there is nothing' : null),
      (thrown: unknown) => {
        if (isFailure(thrown)) return thrown.message
        throw thrown
      },
    )
    probed.push({ source: source.id, feed, ok: reason === null, latencyMs: clock.monotonic() - startedAt, reason })
  }
  return probed
}

const nothing = Symbol('nothing')
const orNothing = (count: number) => (count === 0 ? nothing : count)

/** Probes several sources side by side. */
export async function checkSources(sources: readonly Source[], needs: Needs): Promise<Probed[]> {
  return (await Promise.all(sources.map((source) => probe(source, needs)))).flat()
}
