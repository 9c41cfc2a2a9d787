import { describe, expect, it } from 'vitest'
import { Followed, Outcome } from './outcome.ts'
import { followedOf } from './followed.ts'
import { judge } from './judge.ts'
import { outcomeOf, planOf } from './plan.ts'
import { at, free, series } from './testing.ts'
import { toIso } from '../words/time.ts'

const written = {
  type: 'BUY',
  issuedAt: toIso(at(0)),
  validUntil: toIso(at(2)),
  expiresAt: toIso(at(8)),
  entry: { low: '99', high: '101' },
  targets: [
    { price: '105', share: 0.5 },
    { price: '110', share: 0.3 },
    { price: '115', share: 0.2 },
  ],
  stopLoss: '95',
}
const sold = {
  ...written,
  type: 'SELL',
  stopLoss: '105',
  targets: [
    { price: '95', share: 0.5 },
    { price: '90', share: 0.3 },
    { price: '85', share: 0.2 },
  ],
}
const held = { type: 'HOLD', issuedAt: toIso(at(0)), expiresAt: toIso(at(8)), band: { low: '95', high: '105' } }
const targets = (...prices: string[]) => prices.map((price, i) => ({ price, share: [0.5, 0.3, 0.2][i]! }))

describe('a plan', () => {
  it('is the document in numbers', () => {
    const plan = planOf(
      followedOf({ ...written, invalidation: [{ when: 'close_below', price: '94.5', why: 'structure' }] }),
    )
    expect(plan).toEqual({
      type: 'BUY',
      issuedAt: at(0),
      validUntil: at(2),
      expiresAt: at(8),
      entryLow: 99,
      entryHigh: 101,
      targets: [
        { price: 105, share: 0.5 },
        { price: 110, share: 0.3 },
        { price: 115, share: 0.2 },
      ],
      stop: 95,
      invalidation: [{ when: 'close_below', price: 94.5 }],
    })
    expect(planOf(followedOf(sold))).toMatchObject({ type: 'SELL', stop: 105 })
    expect(planOf(followedOf(held))).toEqual({
      type: 'HOLD',
      issuedAt: at(0),
      expiresAt: at(8),
      bandLow: 95,
      bandHigh: 105,
    })
    expect(planOf(followedOf({ ...held, type: 'AVOID', band: null }))).toEqual({
      type: 'AVOID',
      issuedAt: at(0),
      expiresAt: at(8),
    })
  })

  it.each<[string, object, string]>([
    [
      'a stop inside the zone',
      { ...written, stopLoss: '99.5' },
      'stopLoss must be below entry.low 99 for BUY, not 99.5',
    ],
    ['a stop at the zone', { ...written, stopLoss: '99' }, 'stopLoss must be below entry.low 99'],
    [
      'a zone upside down',
      { ...written, entry: { low: '101', high: '99' } },
      'entry.high must be not below entry.low 101, not 99',
    ],
    [
      'a target in the zone',
      { ...written, targets: targets('100', '110', '115') },
      'targets[0].price must be above entry.high 101 for BUY, not 100',
    ],
    [
      'targets out of order',
      { ...written, targets: targets('105', '104', '115') },
      'targets[1].price must be above targets[0].price 105 for BUY, not 104',
    ],
    ['a stop of 0', { ...written, stopLoss: '0' }, 'stopLoss must be above 0, not 0'],
    [
      'a SELL with the stop below',
      { ...sold, stopLoss: '98' },
      'stopLoss must be above entry.high 101 for SELL, not 98',
    ],
    [
      'a SELL with a target above',
      { ...sold, targets: targets('95', '96', '85') },
      'targets[1].price must be below targets[0].price 95 for SELL, not 96',
    ],
    [
      'a SELL with a target of 0',
      { ...sold, targets: targets('95', '90', '0') },
      'targets[2].price must be above 0, not 0',
    ],
    [
      'shares that are no whole',
      { ...written, targets: targets('105', '110', '115').map((one) => ({ ...one, share: 0.3 })) },
      'targets[].share must be a sum of 1, not 0.9',
    ],
    [
      'a validity that ended before it began',
      { ...written, validUntil: written.issuedAt },
      'validUntil must be after issuedAt',
    ],
    [
      'a validity beyond the horizon',
      { ...written, validUntil: toIso(at(9)) },
      'validUntil must be not after expiresAt',
    ],
    ['a horizon in the past', { ...written, expiresAt: toIso(at(-1)) }, 'expiresAt must be after issuedAt'],
    [
      'a band upside down',
      { ...held, band: { low: '105', high: '95' } },
      'band.high must be above band.low 105, not 95',
    ],
    ['no entry', { ...written, entry: undefined }, 'entry is missing'],
    ['no stop', { ...written, stopLoss: null }, 'stopLoss: '],
    ['two targets', { ...written, targets: targets('105', '110') }, 'targets: '],
    ['a price that is a number', { ...written, stopLoss: 95 }, 'stopLoss: '],
    [
      'a price that is a word',
      { ...written, entry: { low: 'cheap', high: '101' } },
      'entry.low: a price is a decimal string such as "0.00001234", not "cheap"',
    ],
    [
      'a share beyond 1',
      { ...written, targets: [{ price: '105', share: 7 }, ...targets('105', '110', '115').slice(1)] },
      'targets[0].share: ',
    ],
    ['a time without a zone', { ...written, issuedAt: '2023-01-02 00:00' }, 'issuedAt'],
    ['a day that does not exist', { ...written, issuedAt: '2023-02-30T00:00:00.000Z' }, 'issuedAt'],
    ['an unknown type', { ...written, type: 'buy' }, 'type must be BUY, SELL, HOLD or AVOID, not "buy"'],
    ['no type', {}, 'type is missing (type must be BUY, SELL, HOLD or AVOID)'],
    ['a HOLD without a band', { ...held, band: null }, 'band: '],
    [
      'an abstention',
      { ...held, band: null, abstained: 'no price' },
      'abstained is "no price": no call was made, there is nothing to follow',
    ],
  ])('refuses %s by name', (_, document, sentence) => {
    expect(() => planOf(followedOf(document))).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringContaining(sentence) }),
    )
  })

  it.each([[[]], ['text'], [null], [7]])('refuses %j, which is no document', (document) => {
    expect(() => followedOf(document)).toThrow('a recommendation is a JSON object')
  })

  it('is found in a ledger line, extra keys and needless zeros allowed', () => {
    const line = {
      seq: 1,
      prevHash: '0',
      hash: '1',
      body: {
        kind: 'recommendation',
        recommendation: { ...written, stopLoss: '95.00', entry: { low: '9.9e1', high: '101.0' }, note: 'x' },
      },
    }
    expect(followedOf(line)).toEqual(Followed.parse(written))
  })

  it('lets shares of three decimals be a whole', () => {
    const thirds = written.targets.map(({ price }) => ({ price, share: 0.3333333 }))
    expect(planOf(followedOf({ ...written, targets: thirds })).type).toBe('BUY')
  })
})

describe('an outcome', () => {
  it('is the ending in the words of the wire, with the candle that decided it', () => {
    const tiny = {
      ...written,
      entry: { low: '0.00000000099', high: '0.00000000101' },
      stopLoss: '0.00000000095',
      targets: targets('0.00000000105', '0.0000000011', '0.00000000115'),
    }
    const candles = series([
      [1e-9, 1.005e-9, 9.95e-10, 1e-9],
      [1e-9, 1.2e-9, 1e-9, 1.1e-9],
    ])
    const outcome = outcomeOf(judge(planOf(followedOf(tiny)), candles, { costs: free }), candles, at(0))
    expect(Outcome.parse(outcome)).toEqual(outcome)
    expect(outcome).toMatchObject({
      status: 'TARGET_3',
      at: toIso(at(1)),
      fillPrice: '0.000000001',
      rMultiple: 1.7,
      returnGrossPct: 8.5,
      hoursToOutcome: 1,
      decidedBy: { openAt: toIso(at(1)), intervalMs: 3_600_000, high: '0.0000000012' },
    })
    expect(JSON.stringify(outcome)).not.toMatch(/\de-/)
  })

  it('of an open plan has no instant, figure or candle', () => {
    const candles = series([[100, 101, 99, 100]])
    const outcome = outcomeOf(judge(planOf(followedOf(written)), candles, { costs: free }), candles, at(0))
    expect(outcome).toMatchObject({ status: 'OPEN', at: null, rMultiple: null, hoursToOutcome: null, decidedBy: null })
  })
})
