import type { Token } from '@pumpiq/domain'

/**
 * What a token is searched for by: its name as a phrase, its ticker as a cashtag; null where it has none that could be asked for. Whoever
 * issues a token names it, so that nothing which a search could take for an operator stays in either.
 */
export function searchWords({ name, symbol }: Token): { phrase: string | null; cashtag: string | null } {
  const words = name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 60)
    .trim()
  return {
    phrase: words.length >= 3 ? `"${words}"` : null,
    cashtag: /^[A-Z][A-Z0-9]{1,9}$/.test(symbol) ? `$${symbol}` : null,
  }
}
