import { expect, it } from 'vitest'
import { freshnessOf, minutes, systemSettings, tokenId, type Freshness } from '@pumpiq/domain'
import { createRefreshOf } from './watching.ts'

const [bitcoin, ether, pepe, other] = ['bitcoin:native', 'ethereum:native', 'solana:pepe', 'solana:other'].map(tokenId)
const house = freshnessOf(systemSettings)
const everyMs = (news: number): Freshness => ({ ...house, refreshMs: { ...house.refreshMs, news } })

const refreshOf = createRefreshOf({
  asks: {
    askersSince: async () => [
      { token: ether!, userId: 'eager' },
      { token: ether!, userId: 'patient' },
      { token: bitcoin!, userId: 'patient' },
      { token: pepe!, userId: 'patient' },
      { token: other!, userId: 'usual' },
    ],
  },
  settings: {
    freshness: async () => house,
    freshnessOf: async () =>
      new Map([
        ['eager', everyMs(minutes(1))],
        ['patient', everyMs(minutes(60))],
        ['usual', house],
      ]),
  },
  universe: async () => [{ id: bitcoin! }, { id: ether! }],
})

it('asks again as the soonest of those wants who need a token, the house among them', async () => {
  const refresh = await refreshOf('news')
  expect(refresh(ether!)).toBe(minutes(1))
  expect(refresh(bitcoin!)).toBe(minutes(5))
  expect(refresh(pepe!)).toBe(minutes(60))
  expect(refresh(other!)).toBe(minutes(5))
  expect(refresh(tokenId('solana:watched'))).toBe(minutes(5))
  expect(refresh(null)).toBe(minutes(1))
  expect((await refreshOf('social'))(ether!)).toBe(minutes(3))
})
