import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { averageCost, overdrawnBy, percentOf, positionOf, type Trade } from './position.ts'
import { add, multiply, price, subtract, zero, type Price } from './price.ts'

const p = (text: string) => price(text)
let count = 0
const trade = (kind: Trade['kind'], quantity: string, priceUsd: string | null, feeUsd = '0'): Trade => ({
  id: `t${++count}`,
  kind,
  quantity: p(quantity),
  priceUsd: priceUsd === null ? null : p(priceUsd),
  feeUsd: p(feeUsd),
})

/** Amounts with up to 18 decimals and prices with up to 30, as they may be given. */
const amount = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.integer({ min: 0, max: 18 }))
  .map(([units, scale]) => price(`${units}e-${scale}`))
const cost = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 30 }))
  .map(([units, scale]) => price(`${units}e-${scale}`))

type Step = {
  kind: 'buy' | 'receive' | 'sell' | 'send'
  quantity: Price
  share: number
  priceUsd: Price
  feeUsd: Price
}
const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom('buy', 'receive', 'sell', 'send'),
    quantity: amount,
    share: fc.integer({ min: 1, max: 1_000 }),
    priceUsd: cost,
    feeUsd: cost,
  }),
  { maxLength: 25 },
)

/** Steps that go out take a share of what is held, so that all of them fit. */
function tradesOf(all: readonly Step[]): Trade[] {
  const trades: Trade[] = []
  for (const [i, { kind, quantity, share, priceUsd, feeUsd }] of all.entries()) {
    const goesOut = kind === 'sell' || kind === 'send'
    const held = positionOf(trades).quantity
    if (goesOut && held === zero) continue
    const part = share === 1_000 ? held : multiply(held, price(`${share}e-3`))
    const own = {
      id: `t${i}`,
      kind,
      priceUsd: kind === 'send' ? null : priceUsd,
      feeUsd: kind === 'send' ? zero : feeUsd,
    }
    trades.push({ ...own, quantity: goesOut ? part : quantity })
  }
  return trades
}

/** In so many parts that add up to it: of the quantity, and of the fee. */
function inParts(whole: Trade, parts: number): Trade[] {
  const each = price(`${Math.floor(1e6 / parts)}e-6`)
  const [quantity, feeUsd] = [multiply(whole.quantity, each), multiply(whole.feeUsd, each)]
  const few = Array.from({ length: parts - 1 }, (_, i) => ({ ...whole, id: `${whole.id}.${i}`, quantity, feeUsd }))
  const restOf = (all: Price, part: Price) => few.reduce((left) => subtract(left, part), all)
  return [...few, { ...whole, quantity: restOf(whole.quantity, quantity), feeUsd: restOf(whole.feeUsd, feeUsd) }]
}

describe('a position', () => {
  it('has the average cost of what was bought, and keeps it when a part is sold', () => {
    const position = positionOf([
      trade('buy', '2', '100', '1'),
      trade('buy', '1', '130', '0.5'),
      trade('sell', '1', '150', '2'),
    ])
    expect(position).toEqual({
      quantity: '2',
      cost: '221',
      realised: '37.5',
      realisedIsWhole: true,
      paidIn: '331.5',
      takenOut: '148',
      fees: '3.5',
    })
    expect(averageCost(position)).toBe('110.5')
  })

  it('rounds what of a cost does not come out even at 24 decimals, and leaves the rest with what is held', () => {
    const third = positionOf([trade('buy', '3', '1', '7'), trade('sell', '1', '4')])
    expect(third).toMatchObject({ cost: '6.666666666666666666666667', realised: '0.666666666666666666666667' })
    expect(averageCost(third)).toBe('3.333333333333333333333334')
  })

  it('counts tiny prices and huge quantities to the last digit', () => {
    const { cost: whole, quantity } = positionOf([
      trade('buy', '123456789012345.678901234567890123', '0.000000001234'),
      trade('receive', '0.000000000000000001', '0.000000000000000000000000000001'),
    ])
    expect(quantity).toBe('123456789012345.678901234567890124')
    expect(whole).toBe(
      add(
        multiply(p('123456789012345.678901234567890123'), p('0.000000001234')),
        multiply(p('0.000000000000000001'), p('0.000000000000000000000000000001')),
      ),
    )
  })

  it('realised and unrealised together are the value less what was put in net, exactly', () => {
    fc.assert(
      fc.property(steps, cost, (all, now) => {
        const { quantity, cost: spent, realised, paidIn, takenOut, realisedIsWhole } = positionOf(tradesOf(all))
        const value = multiply(quantity, now)
        expect(realisedIsWhole).toBe(true)
        expect(add(realised, subtract(value, spent!))).toBe(subtract(add(value, takenOut), paidIn))
      }),
      { numRuns: 500 },
    )
  })

  it('is the same however purchases and sales are split, to the last digit', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 2, max: 7 }), (all, parts) => {
        const trades = tradesOf(all)
        expect(positionOf(trades.flatMap((one) => inParts(one, parts)))).toEqual(positionOf(trades))
      }),
      { numRuns: 300 },
    )
  })

  it('costs nothing when all is gone, and begins anew', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const trades = tradesOf(all)
        const { quantity } = positionOf(trades)
        fc.pre(quantity !== zero)
        const gone = positionOf([...trades, { ...trade('sell', '1', '3'), quantity }])
        expect([gone.quantity, gone.cost]).toEqual(['0', '0'])
      }),
    )
  })

  it('does not know its cost while something in it came in at an unknown one, and does again once that is gone', () => {
    const unknown = [trade('buy', '1', '10'), trade('receive', '1', null), trade('sell', '1', '20')]
    expect(positionOf(unknown)).toMatchObject({ quantity: '1', cost: null, realised: '0', realisedIsWhole: false })
    expect(averageCost(positionOf(unknown))).toBeNull()
    const again = [...unknown, trade('send', '1', null), trade('buy', '3', '5')]
    expect(positionOf(again)).toMatchObject({ quantity: '3', cost: '15', realisedIsWhole: false })
  })

  it('finds the first trade that takes more than is held by then', () => {
    const [first, sale] = [trade('buy', '1', '1'), trade('sell', '2', '1')]
    expect(overdrawnBy([first, sale])).toEqual({ trade: sale, held: '1' })
    expect(overdrawnBy([first, trade('buy', '1', '2'), sale])).toBeNull()
    expect(overdrawnBy([{ ...sale, kind: 'send' }])).toMatchObject({ held: '0' })
    expect(() => positionOf([first, sale])).toThrow('takes more than is held')
  })

  it('sending away takes its cost along and realises nothing', () => {
    const sent = positionOf([trade('buy', '4', '10'), trade('send', '1', null)])
    expect(sent).toMatchObject({ quantity: '3', cost: '30', realised: '0', takenOut: '10' })
  })
})

describe('a part in percent', () => {
  it('is rounded to four decimals, and there is none of nothing', () => {
    expect(percentOf(p('1'), p('3'))).toBe(33.3333)
    expect(percentOf(p('-1'), p('8'))).toBe(-12.5)
    expect(percentOf(p('1'), zero)).toBeNull()
  })
})
