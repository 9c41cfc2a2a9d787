import { isFailure, tokenId, type Token } from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Source } from './source.ts'
import type { Watch } from './watch.ts'

/** How one watch of a source answered when it was asked once: how much it told, or why it told nothing. */
export type ProbedWatch = {
  source: string
  watch: string
  ok: boolean
  latencyMs: number
  /** What it answered, or the reason; ours to show. */
  said: string
}

type Needs = { ask: Ask; clock: Clock; patienceMs: number; abort: AbortSignal }

const token = (chain: string, address: string, symbol: string, name: string, marketCapRank: number): Token => ({
  id: tokenId(`${chain}:${address}`),
  chain,
  address,
  symbol,
  name,
  catalogueId: name.toLowerCase(),
  marketCapRank,
  marketCapUsd: null,
  priceUsd: null,
})

/** Whoever serves any token serves one of these. */
const samples: readonly Token[] = [
  token('bitcoin', 'native', 'BTC', 'Bitcoin', 1),
  token('ethereum', '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984', 'UNI', 'Uniswap', 30),
  token('solana', 'JUPyiwrYJFskUPiHa7hkeR8VUtAeFoSYbKedZNsDvCN', 'JUP', 'Jupiter', 60),
  token('solana', 'native', 'SOL', 'Solana', 5),
]

/** Some sources have a watch for every channel; as many show how the source is. */
const watchesAtMost = 3

/** Asks watches of the source once, about a well-known token that it serves. Never throws for a source that fails: that is the answer. */
async function probeWatches(source: Source, { ask, clock, patienceMs, abort }: Needs): Promise<ProbedWatch[]> {
  const probed: ProbedWatch[] = []
  for (const watch of (source.watches ?? []).slice(0, watchesAtMost)) {
    const get = ask.from(source, { patienceMs, withinMs: patienceMs, abort })
    const startedAt = clock.monotonic()
    const told = await seen(watch, { now: clock.now(), get, abort }).catch((thrown: unknown) => {
      if (isFailure(thrown)) return thrown
      throw thrown
    })
    if (told === null) continue
    const latencyMs = clock.monotonic() - startedAt
    const asked = { source: source.id, watch: watch.name, latencyMs }
    // One that does not know the token has answered.
    if (isFailure(told)) probed.push({ ...asked, ok: told.code === 'notFound', said: told.message })
    else probed.push({ ...asked, ok: true, said: told.length === 0 ? 'answers that there is nothing' : 'answers' })
  }
  return probed
}

/** Null where it serves none of the samples. */
async function seen(watch: Watch, asking: Parameters<Extract<Watch, { about: 'market' }>['see']>[0]) {
  if (watch.about === 'market') return watch.see(asking)
  const served = samples.find((sample) => watch.serves(sample))
  return served ? watch.see({ ...asking, token: served }) : null
}

/** Sources side by side; those that must be asked for by name are left alone, for some are paid by the question. */
export const checkWatches = async (sources: readonly Source[], needs: Needs): Promise<ProbedWatch[]> =>
  (await Promise.all(sources.filter(({ optIn }) => !optIn).map((source) => probeWatches(source, needs)))).flat()
