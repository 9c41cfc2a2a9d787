import { Failure, hours, isFailure, minutes, tokenId, type Token, type TokenId } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { knownTokens } from './known.ts'
import type { TokenStore } from './store.ts'
import { universeOf } from './universe.ts'

/** Asks the catalogue's source for the largest tokens. */
export type FetchCatalogue = (abort?: AbortSignal) => Promise<Token[]>

type Needs = { store: TokenStore; fetchCatalogue: FetchCatalogue; clock: Clock; log: Log }
export type Tokens = ReturnType<typeof createTokens>

const freshMs = hours(24)
const retryMs = minutes(5)

/** Below this part of the largest one's market cap a token of the same ticker is not a serious candidate. */
const seriousRatio = 0.02

/** Identity and search: a ticker is only ever a question. */
export function createTokens({ store, fetchCatalogue, clock, log }: Needs) {
  let refreshing: Promise<void> | null = null
  let triedAt = Number.NEGATIVE_INFINITY
  let problem: string | null = null

  async function refresh(abort?: AbortSignal): Promise<void> {
    triedAt = clock.monotonic()
    try {
      await store.put(await fetchCatalogue(abort), clock.now())
      problem = null
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown
      problem = `the token catalogue could not be read: ${thrown.message}`
      log.warn(problem)
    }
  }

  /** Reads the catalogue when there is none or it is a day old; one reading at a time, and not again within minutes of a failed one. */
  async function ensure(abort?: AbortSignal): Promise<void> {
    const updatedAt = await store.updatedAt()
    const fresh = updatedAt !== null && clock.now() - updatedAt < freshMs
    if (fresh || clock.monotonic() - triedAt < retryMs) return refreshing ?? undefined
    refreshing ??= refresh(abort).finally(() => (refreshing = null))
    return refreshing
  }

  async function byTicker(symbol: string): Promise<Token> {
    const found = await store.bySymbol(symbol)
    const candidates = found.length > 0 ? found : knownTokens.filter((token) => token.symbol === symbol.toUpperCase())
    const serious = seriousOf(candidates)
    if (serious.length === 1) return serious[0]!
    if (serious.length === 0)
      throw new Failure(
        'notFound',
        `no token with the ticker ${symbol.toUpperCase()} is known${problem ? `; ${problem}` : ''}. Name it as chain:address.`,
      )
    throw new Failure(
      'conflict',
      `${symbol.toUpperCase()} names ${serious.length} tokens; say which, as chain:address`,
      {
        candidates: serious.map(({ id, symbol: ticker, name, marketCapUsd }) => ({
          id,
          symbol: ticker,
          name,
          marketCapUsd,
        })),
      },
    )
  }

  const byId = async (id: TokenId): Promise<Token | null> =>
    (await store.byId(id)) ?? knownTokens.find((known) => known.id === id) ?? null

  return {
    ensure,
    byId,
    /** Why the catalogue is not what it should be, or null. */
    problem: () => problem,

    /** `chain:address` or a ticker; a ticker that several serious tokens bear is a conflict that lists them. */
    async resolve(text: string, abort?: AbortSignal): Promise<Token> {
      await ensure(abort)
      if (!text.includes(':')) return byTicker(checkedTicker(text))
      const id = tokenId(text)
      const token = await byId(id)
      if (!token) throw new Failure('notFound', `${id} is not in the catalogue of the largest tokens`)
      return token
    },

    /** What the house follows. Without a catalogue: the native coins that are known by themselves. */
    async universe(abort?: AbortSignal): Promise<Token[]> {
      await ensure(abort)
      const largest = universeOf(await store.page(null, { after: null, limit: 120 }))
      return largest.length > 0 ? largest : [...knownTokens]
    },
  }
}

function checkedTicker(text: string): string {
  const ticker = text.trim().replace(/^\$/, '')
  // ASCII alone: a Cyrillic letter that looks like a Latin one names another token.
  if (!/^[A-Za-z0-9._+-]{1,20}$/.test(ticker)) {
    throw new Failure(
      'invalid',
      `token must be a ticker of plain letters and digits, or chain:address such as bitcoin:native, not ${JSON.stringify(text)}`,
    )
  }
  return ticker
}

/** Those whose market cap is not dwarfed by the largest of the same ticker; without any market cap all of them. */
function seriousOf(candidates: readonly Token[]): Token[] {
  const largest = Math.max(0, ...candidates.map(({ marketCapUsd }) => marketCapUsd ?? 0))
  return largest === 0
    ? [...candidates]
    : candidates.filter(({ marketCapUsd }) => (marketCapUsd ?? 0) >= seriousRatio * largest)
}
