import { expect, it } from 'vitest'
import { createKnownNames, tokenId, type Token } from '@pumpiq/domain'
import { ownName } from './own-name.ts'

const tokenOf = (n: number, symbol: string, name: string): Token => ({
  id: tokenId(`ethereum:0x${String(n).padStart(40, '0')}`),
  chain: 'ethereum',
  address: `0x${String(n).padStart(40, '0')}`,
  symbol,
  name,
  catalogueId: null,
  marketCapRank: null,
  marketCapUsd: null,
  priceUsd: null,
})
const real = tokenOf(1, 'LINK', 'Chainlink')
const known = createKnownNames([real])
const isFake = (token: Token) => ownName(token, known, 1_772_366_400_000)[0]!.present

it('is a danger where it is drawn like a known one, or hides signs', () => {
  expect(isFake(tokenOf(2, 'LІNK', 'Chainlink'))).toBe(true)
  expect(isFake(tokenOf(2, 'LINK', 'Chain\u200blink'))).toBe(true)
  expect(isFake(tokenOf(2, 'CL', 'Chаinlink'))).toBe(true)
})

it('is none for the token itself, for one that bears the same ticker openly, and for any other', () => {
  for (const token of [real, tokenOf(2, 'LINK', 'Linked Coin'), tokenOf(3, 'PEPE', 'Pepe')])
    expect(isFake(token)).toBe(false)
})
