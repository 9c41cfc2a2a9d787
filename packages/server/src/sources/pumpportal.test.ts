import { Observation } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSample } from '../testing/test-source.ts'
import { mutated } from '../testing/mutate.ts'
import { pumpportal } from './pumpportal.ts'

const plan = pumpportal.streams!.tokens!
const fetchedAt = Date.UTC(2026, 2, 1, 12, 34, 56)
const hear = (message: unknown) =>
  plan.hear(typeof message === 'string' ? message : JSON.stringify(message), { fetchedAt })
const messages = readSample('pumpportal/messages.json') as Record<string, Record<string, unknown>>
const figuresIn = (seen: readonly Observation[]) =>
  Object.fromEntries(seen.map((one) => (one.what === 'figure' ? [one.name, one.value] : [one.what, null])))

describe('a line of new tokens', () => {
  it('asks for new coins and for those that leave the curve, on one line', () => {
    expect(plan.greeting.map((text) => JSON.parse(text) as unknown)).toEqual([
      { method: 'subscribeNewToken' },
      { method: 'subscribeMigration' },
    ])
  })

  it('tells a coin that is made, and its curve', () => {
    const [event] = hear(messages['create'])
    if (event?.told !== 'token') throw new Error('no token')
    expect([event.token.id, event.token.symbol, event.token.name, event.token.marketCapRank]).toEqual([
      'solana:9LiqeUHkGa3HmTitrmCAvM6stf7hCrLiz9qVeemGgu6A',
      'BOAT',
      'Paper Boat',
      null,
    ])
    const told = figuresIn(event.seen)
    expect(told).toMatchObject({ marketCapSol: 34.001282309, curveComplete: 0, developerRatio: 0.1 })
    expect(told['priceSol']).toBeCloseTo(3.400128230935252e-8, 20)
    expect(told['curveProgressRatio']).toBeCloseTo(0.1260875047, 9)
  })

  it('tells that a coin left the curve, when it was heard', () => {
    expect(hear(messages['migrate'])).toEqual([
      {
        told: 'seen',
        seen: [
          {
            what: 'figure',
            source: 'pumpportal',
            token: 'solana:9LiqeUHkGa3HmTitrmCAvM6stf7hCrLiz9qVeemGgu6A',
            observedAt: '2026-03-01T12:34:56.000Z',
            fetchedAt: '2026-03-01T12:34:56.000Z',
            name: 'curveComplete',
            value: 1,
          },
        ],
      },
    ])
  })

  it('says nothing of other launchpads, of its own words, and of names that turn a screen around', () => {
    expect(hear(messages['bonk'])).toEqual([])
    expect(hear(messages['word'])).toEqual([])
    expect(hear({ ...messages['create'], name: 'gpj.\u202Eevil' })).toEqual([])
  })

  it('calls drift what is broken, has no curve, or cannot be', () => {
    const { vSolInBondingCurve: _, ...less } = messages['create']!
    for (const message of ['', '<html>', '{', [], {}, less, { ...messages['create'], marketCapSol: 1e13 }])
      expect(hear(message).map(({ told }) => told)).toEqual(['drift'])
  })

  it('lets nothing invalid out of 2,000 mutated messages', () => {
    const mutation = fc.record({ where: fc.nat(), how: fc.nat(), spare: fc.nat() })
    const which = fc.constantFrom(...Object.keys(messages))
    fc.assert(
      fc.property(which, fc.array(mutation, { minLength: 1, maxLength: 3 }), (name, mutations) => {
        for (const event of hear(mutated(messages[name], mutations))) {
          if (event.told !== 'drift') for (const one of event.seen) Observation.parse(one)
          else expect(event.issue).not.toBe('')
        }
      }),
      { numRuns: 2_000, seed: 20_260_301 },
    )
  })
})
