import { expect, it } from 'vitest'
import { marketSearchOf } from './market-search.ts'

it('an address says order and filter of the market', () => {
  const said = { by: 'change', order: 'asc', type: 'NONE', chain: 'near-protocol', risk: 'HIGH', edge: true, rows: 150 }
  expect(marketSearchOf(said)).toEqual(said)
  expect(marketSearchOf({ watched: 'true', rows: '100' })).toEqual({ watched: true, rows: 100 })
})

it('what cannot be said is left out, whatever stands in the address', () => {
  const nonsense = { by: 'constructor', order: 'up', type: 'buy', chain: '<b>', risk: 7, edge: 'yes', called: false }
  expect(marketSearchOf({ ...nonsense, rows: 10_000, more: 'x' })).toEqual({})
  expect(marketSearchOf({ rows: 50 })).toEqual({})
  expect(marketSearchOf({ rows: 75, chain: ['a'] })).toEqual({})
})
