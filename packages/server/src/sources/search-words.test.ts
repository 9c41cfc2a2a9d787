import { Token } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { searchWords } from './search-words.ts'

const token = (name: string, symbol: string) =>
  Token.parse({
    id: 'ethereum:0x1111111111111111111111111111111111111111',
    chain: 'ethereum',
    address: '0x1111111111111111111111111111111111111111',
    symbol,
    name,
    catalogueId: null,
    marketCapRank: 7,
    marketCapUsd: null,
    priceUsd: null,
  })

it('searches a name as a phrase and a ticker as a cashtag', () => {
  expect(searchWords(token('Shiba Inu', 'SHIB'))).toEqual({ phrase: '"Shiba Inu"', cashtag: '$SHIB' })
})

it('leaves no operator of any search in either', () => {
  expect(searchWords(token('x" OR (from:y) -z | *', '$A OR B'))).toEqual({
    phrase: '"x OR from y z"',
    cashtag: null,
  })
})

it('does not search for what says too little', () => {
  expect(searchWords(token('..', 'X'))).toEqual({ phrase: null, cashtag: null })
})
