import type { Token } from '@pumpiq/domain'

/** How many tokens the house follows. */
export const universeSize = 30

/** Pegged to a currency or a metal: there is no direction to recommend. */
const pegged = /^(.*USD.*|.*EUR[A-Z]?|DAI|FRAX|LUSD|GHO|MIM|PAXG|XAUT|KAU)$/
const peggedName = /\b(usd|dollar|euro|stablecoin|tether|gold)\b/i

/** Another token in a coat: its price is the price of what it stands for. */
const coat = /\b(wrapped|staked|bridged|restaked|pegged|liquid staking)\b|^(w|st|r|cb|we|ez|rs)(eth|btc|bnb|sol)$/i

/** The largest tokens by market cap without stable and wrapped ones. */
export function universeOf(largestFirst: readonly Token[], size = universeSize): Token[] {
  return largestFirst
    .filter((token) => token.marketCapRank !== null && !isPegged(token) && !isWrapped(token))
    .slice(0, size)
}

const isPegged = ({ symbol, name }: Token): boolean => pegged.test(symbol.toUpperCase()) || peggedName.test(name)
const isWrapped = ({ symbol, name }: Token): boolean => coat.test(name) || coat.test(symbol)
