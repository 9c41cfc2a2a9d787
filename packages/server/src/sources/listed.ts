import { priceOf, tokenId, Token, TokenId } from '@pumpiq/domain'

/**
 * Whoever lists a coin names it. Control characters and broken surrogates break databases and terminals, and marks of direction turn
 * around what stands beside them on a screen.
 */
export const showable = (text: string): boolean =>
  text.isWellFormed() && !/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(text)

/** A coin as a vendor of the chain itself lists it, by its contract; null is what he does not say. */
type Listing = {
  chain: string
  address: string
  symbol?: string | null | undefined
  name?: string | null | undefined
  marketCapUsd?: number | null | undefined
  priceUsd?: number | null | undefined
}

/** The token of a contract that the catalogue need not know, or null where it cannot be one of ours: nameless, or named to deceive. */
export function listedToken({ chain, address, symbol, name, marketCapUsd, priceUsd }: Listing): Token | null {
  const id = TokenId.safeParse(`${chain}:${address}`)
  if (!id.success || !symbol || !name || !showable(symbol) || !showable(name)) return null
  const own = tokenId(id.data)
  const token = Token.safeParse({
    id: own,
    chain,
    address: own.slice(own.indexOf(':') + 1),
    symbol: symbol.trim().toUpperCase(),
    name: name.trim(),
    catalogueId: null,
    marketCapRank: null,
    marketCapUsd: marketCapUsd ?? null,
    priceUsd: priceUsd && priceUsd > 1e-30 && priceUsd < 1e15 ? priceOf(priceUsd) : null,
  })
  return token.success ? token.data : null
}
