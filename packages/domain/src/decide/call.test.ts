import { expect, it } from 'vitest'
import type { Facts } from '../dossier/facts.ts'
import type { View } from '../dossier/view.ts'
import type { Kind } from '../words/kind.ts'
import { houseProfile } from '../words/profile.ts'
import { callOf, type CallInput } from './call.ts'
import { facts } from './testing.ts'

const view = (kind: Kind, score: number): View => ({ kind, score, quality: 1, factors: [] })
const input = (scores: Partial<Record<Kind, number>>, over: Partial<CallInput> = {}): CallInput => ({
  at: 0,
  price: 100,
  facts: facts(),
  views: {
    news: scores.news === undefined ? null : view('news', scores.news),
    onchain: scores.onchain === undefined ? null : view('onchain', scores.onchain),
    technical: scores.technical === undefined ? null : view('technical', scores.technical),
    social: scores.social === undefined ? null : view('social', scores.social),
  },
  profile: houseProfile,
  previous: null,
  safety: null,
  unable: null,
  ...over,
})
const textAlone = 'text alone leans bullish: it cannot buy'

it('says that text alone would have bought, and that it cannot', () => {
  const call = callOf(input({ news: 1, social: 1, technical: -0.01 }))
  expect(call).toMatchObject({ type: 'HOLD', warnings: [textAlone] })
  expect(callOf(input({ news: 0.1, social: 0.1, technical: -0.01 })).warnings).toEqual([])
  expect(callOf(input({ news: 1, social: 1, technical: 1, onchain: 1 }))).toMatchObject({ type: 'BUY', warnings: [] })
})

it('names what stands in the way of a trade: levels below zero, a tick too coarse, a range that does not pay', () => {
  const bearish = { technical: -1, onchain: -1 }
  const held = (over: Partial<Facts>) => callOf(input(bearish, { facts: facts(over) }))
  expect(held({}).type).toBe('SELL')
  const noLevels = ['no levels above zero keep apart on this tick']
  expect(held({ atr: 9 })).toMatchObject({ type: 'HOLD', warnings: noLevels })
  const cheap = facts({ close: 3, atr: 0.03, decimals: 0 })
  expect(callOf(input(bearish, { price: 3, facts: cheap }))).toMatchObject({ type: 'HOLD', warnings: noLevels })
  expect(held({ atr: 0.05 })).toMatchObject({
    type: 'HOLD',
    warnings: ['the range to be expected does not pay the costs of a trade'],
  })
})
