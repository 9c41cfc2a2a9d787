import { expect, it } from 'vitest'
import { hybridWeights, kinds, type Weights } from '@pumpiq/domain'
import { rebalanced } from './weights.ts'

it('the others make room in proportion', () => {
  expect(rebalanced(hybridWeights, 'onchain', 70)).toEqual({ news: 12, onchain: 70, technical: 11, social: 7 })
  expect(rebalanced(hybridWeights, 'social', 0)).toEqual({ news: 30, onchain: 41, technical: 29, social: 0 })
})

it('whatever is moved where, the four are whole, sum to 100, and at least two are heard', () => {
  const starts: Weights[] = [
    hybridWeights,
    { news: 99, onchain: 1, technical: 0, social: 0 },
    { news: 50, onchain: 50, technical: 0, social: 0 },
    { news: 33, onchain: 33, technical: 33, social: 1 },
  ]
  for (const start of starts)
    for (const kind of kinds)
      for (let wished = -5; wished <= 105; wished++) {
        const next = rebalanced(start, kind, wished)
        const values = kinds.map((one) => next[one])
        expect(values.reduce((sum, value) => sum + value, 0)).toBe(100)
        expect(values.every((value) => Number.isInteger(value) && value >= 0 && value <= 99)).toBe(true)
        expect(values.filter((value) => value > 0).length).toBeGreaterThanOrEqual(2)
      }
})

it('what is put where it stood already changes nothing', () => {
  for (const kind of kinds) expect(rebalanced(hybridWeights, kind, hybridWeights[kind])).toEqual(hybridWeights)
})
