import type { Token } from '@pumpiq/domain'
import type { Page, TokenAnalysis, TokenSearch } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

/** Up to eight tokens whose symbol, name or address has these letters; none for an empty text. */
export const useTokenSearch = (text: string): Asked<Page<Token>> =>
  useAsked(`tokens ${text}`, (abort) =>
    text
      ? client.tokens.list({ query: { q: text, limit: 8 } }, { abort })
      : Promise.resolve({ items: [], next: null, pagination: null }),
  )

/** Tokens by identity, address, ticker or name, the surest first, and which tickers several of them bear. */
export const useFoundTokens = (text: string): Asked<TokenSearch> =>
  useAsked(
    ['found tokens', text],
    (abort) => client.tokens.search({ query: { q: text, limit: 12 } }, { abort }),
    undefined,
    undefined,
    { enabled: text !== '', keepPrevious: true },
  )

/** All that is known of a token now: asking gathers what is stale. */
export const useAnalysis = (id: string): Asked<TokenAnalysis> =>
  useAsked(`analysis ${id}`, (abort) => client.evidence.token({ params: { id } }, { abort }), 60_000)
