import type { Token } from '@pumpiq/domain'

/**
 * The name by which news are searched for a token: its words without signs, which are a query's language; null where the name is too
 * short, too long or not ranked by the catalogue, and would find anything but the token.
 */
export function searchName({ name, marketCapRank }: Token, shortestWord = 1): string | null {
  const words = name
    .normalize('NFKC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const text = words.join(' ')
  const searchable = text.length >= 3 && text.length <= 60 && /\p{L}/u.test(text)
  return marketCapRank !== null && searchable && words.every((word) => word.length >= shortestWord) ? text : null
}

/** What a query adds so that names which are words (Flow, Near, Sand) mean the coin; each vendor writes it the same way. */
export const aboutCoins = '(crypto OR cryptocurrency OR blockchain OR token)'
