import { plainNames } from './plain-names.ts'
import { cashtagHash, gap, type Tokens, trait } from './tokens.ts'
import { phraseHash } from './word-hash.ts'
import { phrasesOf } from './phrases.ts'

/** A token of our catalogue; `id` is `chain:address`. */
export type CatalogueToken = {
  readonly id: string
  readonly symbol: string
  readonly name: string
  readonly marketCapRank: number | null
}

/** Where a token was named in a text: how often, and where first, as a share of the text read. */
export type Mention = { count: number; first: number }

/** Mentions by the token's id in a text that was scanned. */
export type NameIndex = (text: string, scanned: Tokens) => Map<string, Mention>

/** A rank up to here is a token that people may mean by a bare ticker; up to `known` they mean it by a plain word too, with a capital. */
const rank = { serious: 500, known: 50 } as const

type Named = { readonly token: CatalogueToken; readonly plain: boolean }

/** Finds the tokens of a catalogue in scanned texts: by name, ticker, cashtag or address. */
export function createNameIndex(tokens: readonly CatalogueToken[]): NameIndex {
  const bySymbol = Map.groupBy(tokens, ({ symbol }) => symbol.toUpperCase())
  const byAddress = Map.groupBy(tokens, ({ id }) => id.slice(id.indexOf(':') + 1))
  const byName = namesOf(tokens)

  /** Mentions by id; what only a plain word told is left out unless the token is named otherwise too. */
  return function mentionsIn(text: string, scanned: Tokens): Map<string, Mention> {
    const sure = new Map<string, Mention>()
    const unsure = new Map<string, Mention>()
    const titled = isTitled(scanned)
    const add = (into: Map<string, Mention>, id: string, i: number) => {
      const mention = into.get(id) ?? { count: 0, first: i / scanned.count }
      mention.count++
      into.set(id, mention)
    }
    for (let i = 0; i < scanned.count;) {
      const [named, end] = nameAt(byName, scanned, i)
      if (named) add(isSure(named, scanned, i, titled) ? sure : unsure, named.token.id, i)
      else {
        const word = text.slice(scanned.start[i], scanned.end[i]).normalize('NFKC')
        const found = tokenOf(word, scanned, i, bySymbol, byAddress)
        if (found) add(found.plain ? unsure : sure, found.token.id, i)
      }
      i = end
    }
    for (const [id, { count }] of unsure) if (sure.has(id)) sure.get(id)!.count += count
    return sure
  }
}

type ByText = ReadonlyMap<string, readonly CatalogueToken[]>

/** By address, cashtag or ticker in capitals. Of several bearers of a ticker none, but by cashtag the one that is serious. */
function tokenOf(word: string, scanned: Tokens, i: number, bySymbol: ByText, byAddress: ByText): Named | null {
  const traits = scanned.traits[i]!
  if (word.length >= 32) {
    const [token, ...more] = byAddress.get(word.startsWith('0x') ? word.toLowerCase() : word) ?? []
    return token && more.length === 0 ? { token, plain: false } : null
  }
  const cashtag = scanned.hash[i] === cashtagHash && (traits & trait.cashtag) !== 0
  const bearers = cashtag
    ? bySymbol.get(word.toUpperCase())
    : (traits & trait.capitals) !== 0
      ? bySymbol.get(word)
      : undefined
  if (!bearers) return null
  const serious = bearers.filter(({ marketCapRank }) => marketCapRank !== null && marketCapRank <= rank.serious)
  const token = bearers.length === 1 ? bearers[0] : cashtag && serious.length === 1 ? serious[0] : undefined
  if (!token) return null
  return { token, plain: !cashtag && (word.length < 3 || plainNames.has(word.toLowerCase())) }
}

/** By the hash of a name: who bears it, nobody where two do, null where a longer name only begins. */
function namesOf(tokens: readonly CatalogueToken[]): ReadonlyMap<number, Named | null> {
  const found = new Map<number, Named | null>()
  for (const [name, bearers] of Map.groupBy(tokens, (token) => token.name.toLowerCase())) {
    const [token] = bearers
    const [hashes = []] = phrasesOf(name.replaceAll(/[\s_~+#]+/g, '_'))
    if (bearers.length !== 1 || !token || hashes.length === 0 || name.length < 3) continue
    const whole = hashes.reduce((before, next) => {
      if (!found.has(before)) found.set(before, null)
      return phraseHash(before, next)
    })
    found.set(whole, { token, plain: plainNames.has(name) })
  }
  return found
}

function nameAt(names: ReadonlyMap<number, Named | null>, scanned: Tokens, from: number): [Named | null, number] {
  let hash = scanned.hash[from]!
  let named = names.get(hash)
  let best: [Named | null, number] = [named ?? null, from + 1]
  for (let i = from + 1; named !== undefined && i < scanned.count && scanned.gaps[i] === gap.none; i++) {
    hash = phraseHash(hash, scanned.hash[i]!)
    named = names.get(hash)
    if (named) best = [named, i + 1]
  }
  return best
}

/** A name that is a word of plain English names a token by its capital, where capitals say something or the token is well known. */
function isSure({ token, plain }: Named, scanned: Tokens, i: number, titled: boolean): boolean {
  if (!plain) return true
  if ((scanned.traits[i]! & trait.capital) === 0) return false
  return (!titled && scanned.gaps[i] !== gap.sentence) || (token.marketCapRank ?? Infinity) <= rank.known
}

function isTitled(scanned: Tokens): boolean {
  let capitals = 0
  for (let i = 0; i < scanned.count; i++) if ((scanned.traits[i]! & trait.capital) !== 0) capitals++
  return capitals * 2 > scanned.count
}
