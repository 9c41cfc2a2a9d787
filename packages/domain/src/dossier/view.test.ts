import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Reading } from '../words/reading.ts'
import { viewOf, type SignalWeight } from './view.ts'

const weights: readonly SignalWeight[] = [
  { id: 'tech.a', kind: 'technical', weight: 3 },
  { id: 'tech.b', kind: 'technical', weight: 1 },
  { id: 'tech.informs', kind: 'technical', weight: 0 },
  { id: 'news.c', kind: 'news', weight: 9 },
]
const reading = (id: string, lean: number): Reading => ({
  id,
  kind: 'technical',
  value: 1,
  unit: 'index',
  lean,
  cites: ['x'],
})

describe('a view', () => {
  it('is the weighted lean of those who spoke, and its quality the share of the weight that could', () => {
    expect(viewOf('technical', [reading('tech.a', 1), reading('tech.b', -1)], weights)).toEqual({
      kind: 'technical',
      score: 0.5,
      quality: 1,
      factors: [
        { reading: 'tech.a', weight: 0.75, share: 0.75 },
        { reading: 'tech.b', weight: 0.25, share: -0.25 },
      ],
    })
    expect(viewOf('technical', [reading('tech.b', 1)], weights)).toMatchObject({ score: 1, quality: 0.25 })
  })

  it('is none where nobody spoke, or only those who inform', () => {
    expect(viewOf('technical', [], weights)).toBeNull()
    expect(viewOf('technical', [reading('tech.informs', 0)], weights)).toBeNull()
    expect(viewOf('news', [reading('tech.a', 1)], weights)).toBeNull()
  })

  it('grows no louder when one falls silent: the others weigh what they weighed, and the shares add up', () => {
    const lean = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(lean, lean, (a, b) => {
        const both = viewOf('technical', [reading('tech.a', a), reading('tech.b', b)], weights)!
        const alone = viewOf('technical', [reading('tech.a', a)], weights)!
        expect(alone.factors).toEqual(both.factors.slice(0, 1))
        const sum = both.factors.reduce((total, { share }) => total + share, 0)
        expect(both.score * both.quality).toBeCloseTo(sum, 5)
      }),
    )
  })
})
