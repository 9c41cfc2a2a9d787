import {
  createKnownNames,
  createNameIndex,
  Failure,
  hours,
  isFailure,
  minutes,
  tokenId,
  type KnownNames,
  type NameIndex,
  type Token,
  type TokenId,
} from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { knownTokens } from './known.ts'
import type { TokenStore } from './store.ts'
import { universeOf } from './universe.ts'

/** Asks the catalogue's source for the largest tokens. */
export type FetchCatalogue = (abort?: AbortSignal) => Promise<Token[]>

/** Asks who knows tokens that the catalogue does not: by the address of a contract, or by words. */
export type LookUp = (query: string, abort?: AbortSignal) => Promise<Token[]>

type Needs = { store: TokenStore; fetchCatalogue: FetchCatalogue; lookUp: LookUp; clock: Clock; log: Log }
export type Tokens = ReturnType<typeof createTokens>

const freshMs = hours(24)
const retryMs = minutes(5)
/** Texts are searched for the names of so many tokens, the largest. */
const namedAtMost = 1_000

/** Of tokens that bear one name so many are listed; anybody may make more. */
const candidatesAtMost = 20

/** Below this part of the largest one's market cap a token of the same ticker is not a serious candidate. */
const seriousRatio = 0.02

/** Identity and search: a ticker is only ever a question. */
export function createTokens({ store, fetchCatalogue, lookUp, clock, log }: Needs) {
  let refreshing: Promise<void> | null = null
  let triedAt = Number.NEGATIVE_INFINITY
  let problem: string | null = null
  let index: NameIndex = createNameIndex(knownTokens)
  let known: KnownNames = createKnownNames(knownTokens)
  let namedAt: number | null = null

  async function refresh(abort?: AbortSignal): Promise<void> {
    triedAt = clock.monotonic()
    try {
      await store.putCatalogue(await fetchCatalogue(abort), clock.now())
      const updatedAt = await store.updatedAt()
      // What is read from now on is read once for ever: by the new names.
      if (updatedAt !== null) await nameAnew(updatedAt)
      problem = null
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown
      problem = `the token catalogue could not be read: ${thrown.message}`
      log.warn(problem)
    }
  }

  async function nameAnew(updatedAt: number): Promise<void> {
    namedAt = updatedAt
    const largest = (await store.page(null, { after: null, limit: namedAtMost })).filter(
      ({ marketCapRank }) => marketCapRank !== null,
    )
    index = createNameIndex(largest)
    known = createKnownNames(largest)
  }

  /** Reads the catalogue when there is none or it is a day old; one reading at a time, and not again within minutes of a failed one. */
  async function ensure(abort?: AbortSignal): Promise<void> {
    const updatedAt = await store.updatedAt()
    if (updatedAt !== null && updatedAt !== namedAt) await nameAnew(updatedAt)
    const fresh = updatedAt !== null && clock.now() - updatedAt < freshMs
    if (fresh || clock.monotonic() - triedAt < retryMs) return refreshing ?? undefined
    refreshing ??= refresh(abort).finally(() => (refreshing = null))
    return refreshing
  }

  /** What the catalogue knows by the ticker or name; only where it knows none, contracts whose makers have called them so. */
  async function byTicker(symbol: string): Promise<Token> {
    const ticker = symbol.toUpperCase()
    const ways = [
      async () => withKnown(await store.bySymbol(symbol), 'symbol', ticker),
      () => store.byFormerSymbol(symbol),
      async () => withKnown(await store.byName(symbol), 'name', ticker),
    ]
    const found: Token[][] = []
    for (const way of ways) {
      const all = await way()
      const catalogued = all.filter(({ catalogueId }) => catalogueId !== null)
      if (catalogued.length > 0) return theOnly(ticker, seriousOf(catalogued))
      found.push(all)
    }
    // Any maker takes any name and says any market cap: none of these is more serious than another.
    const listed = found.find((all) => all.length > 0)
    if (listed) return theOnly(ticker, listed)
    const why = problem ? `; ${problem}` : ''
    throw new Failure(
      'notFound',
      `no token with the ticker ${ticker} is known${why}. Name it as chain:address, or by the address of its contract.`,
    )
  }

  /** A contract by its address alone: what we know, else what those know who see every contract that is traded. */
  async function byAddress(address: string, abort?: AbortSignal): Promise<Token> {
    const kept = await store.byAddress(address)
    const found = kept.length > 0 ? kept : await discovered(address, abort)
    if (found.length === 0) throw new Failure('notFound', `no token at the address ${address} is known`)
    return theOnly(address, found)
  }

  async function discovered(address: string, abort?: AbortSignal): Promise<Token[]> {
    const found = (await lookUp(address, abort)).filter((token) => token.address === address)
    await store.putNew(found, clock.now())
    return found
  }

  function theOnly(what: string, candidates: readonly Token[]): Token {
    if (candidates.length === 1) return candidates[0]!
    const told = candidates
      .slice(0, candidatesAtMost)
      .map(({ id, symbol, name, marketCapUsd }) => ({ id, symbol, name, marketCapUsd }))
    throw new Failure('conflict', `${what} names ${candidates.length} tokens; say which, as chain:address`, {
      candidates: told,
    })
  }

  const byId = async (id: TokenId): Promise<Token | null> =>
    (await store.byId(id)) ?? knownTokens.find((token) => token.id === id) ?? null

  return {
    ensure,
    byId,
    /** Why the catalogue is not what it should be, or null. */
    problem: () => problem,

    /** `chain:address`, an address, a ticker or a name; what several serious tokens bear is a conflict that lists them. */
    async resolve(text: string, abort?: AbortSignal): Promise<Token> {
      await ensure(abort)
      const address = addressIn(text)
      if (address) return byAddress(address, abort)
      if (!text.includes(':')) return byTicker(checkedTicker(text))
      const id = tokenId(text)
      const found =
        (await byId(id)) ?? (await discovered(id.slice(id.indexOf(':') + 1), abort)).find((token) => token.id === id)
      if (!found)
        throw new Failure('notFound', `${id} is not in the catalogue of the largest tokens, and no source knows it`)
      return found
    },

    /** The names by which texts speak of the largest tokens, as the catalogue was last read. */
    names: (): NameIndex => index,
    /** The same names, to tell imitations by. */
    knownNames: (): KnownNames => known,

    /** What the house follows. Without a catalogue: the native coins that are known by themselves. */
    async universe(abort?: AbortSignal): Promise<Token[]> {
      await ensure(abort)
      const largest = universeOf(await store.page(null, { after: null, limit: 120 }))
      return largest.length > 0 ? largest : [...knownTokens]
    },
  }
}

/** With the natives that are known by themselves, where the catalogue has not told them. */
const withKnown = (told: readonly Token[], word: 'symbol' | 'name', capitals: string): Token[] => [
  ...told,
  ...knownTokens.filter(
    (known) => known[word].toUpperCase() === capitals && !told.some((token) => token.id === known.id),
  ),
]

/** The address of a contract where the text is one, as our tokens bear it: EVM addresses in lower case, those of Solana as they are. */
function addressIn(text: string): string | null {
  const word = text.trim()
  if (/^0x[0-9a-f]{40}$/i.test(word)) return word.toLowerCase()
  return /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(word) ? word : null
}

function checkedTicker(text: string): string {
  const ticker = text.trim().replace(/^\$/, '')
  // ASCII alone: a Cyrillic letter that looks like a Latin one names another token.
  if (!/^[A-Za-z0-9._+-][A-Za-z0-9._+ -]{0,39}$/.test(ticker)) {
    throw new Failure(
      'invalid',
      `token must be a ticker or name of plain letters and digits, an address, or chain:address such as bitcoin:native, not ${JSON.stringify(text)}`,
    )
  }
  return ticker
}

/** Those whose market cap is not dwarfed by the largest of the same ticker; without any market cap all of them. */
export function seriousOf(candidates: readonly Token[]): Token[] {
  const largest = Math.max(0, ...candidates.map(({ marketCapUsd }) => marketCapUsd ?? 0))
  return largest === 0
    ? [...candidates]
    : candidates.filter(({ marketCapUsd }) => (marketCapUsd ?? 0) >= seriousRatio * largest)
}
