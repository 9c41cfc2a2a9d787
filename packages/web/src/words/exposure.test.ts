import type { Portfolio } from '@pumpiq/api'
import type { Price, TokenId } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { exposureByCall, stanceOf, touched } from './exposure.ts'

type Holding = Portfolio['holdings'][number]
const now = Date.parse('2026-05-05T12:00:00Z')
const zero = '0' as Price

const holding = (symbol: string, value: string | null, type: 'BUY' | 'HOLD' | 'SELL' | 'AVOID' | null): Holding => ({
  token: `test:${symbol}` as TokenId,
  symbol,
  name: symbol,
  chain: 'test',
  quantity: '2' as Price,
  averageCost: null,
  value: value as Price | null,
  cost: null,
  realised: zero,
  unrealised: null,
  unrealisedPct: null,
  netInvested: zero,
  fees: zero,
  realisedIsWhole: true,
  sharePct: value === null ? null : Number(value),
  price: null,
  call: type && {
    id: '01a206e2-6aca-702e-b68c-6e55a1773bb0',
    type,
    abstained: null,
    issuedAt: '2026-05-05T10:00:00.000Z',
    expiresAt: '2026-05-06T10:00:00.000Z',
    confidence: null,
    actionable: false,
  },
  advised: null,
})

it('value is summed exactly by the running call, and what has no price is in no sum', () => {
  const shares = exposureByCall(
    [holding('A', '0.1', 'BUY'), holding('B', '0.2', 'BUY'), holding('C', null, 'SELL'), holding('D', '40', null)],
    now,
  )
  expect(shares).toEqual([
    { stance: 'BUY', value: '0.3', sharePct: expect.closeTo(0.3), symbols: ['A', 'B'] },
    { stance: 'none', value: '40', sharePct: 40, symbols: ['D'] },
  ])
})

it('a call that is over, or that could not be made, says nothing of a holding', () => {
  const sell = holding('A', '1', 'SELL')
  expect(stanceOf(sell, now)).toBe('SELL')
  expect(stanceOf(sell, Date.parse('2026-05-06T10:00:00Z'))).toBe('none')
  expect(stanceOf({ call: sell.call && { ...sell.call, abstained: 'no price' } }, now)).toBe('none')
})

it('those that say to get out come first, and what is held no longer is not touched', () => {
  const gone = { ...holding('E', '1', 'SELL'), quantity: zero }
  const all = [
    holding('A', '1', 'BUY'),
    holding('B', '1', 'HOLD'),
    holding('C', '1', 'AVOID'),
    holding('D', null, 'SELL'),
    gone,
  ]
  expect(touched(all, now).map(({ symbol }) => symbol)).toEqual(['D', 'C', 'A'])
})
