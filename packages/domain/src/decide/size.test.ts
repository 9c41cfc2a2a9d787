import { expect, it } from 'vitest'
import { houseProfile } from '../words/profile.ts'
import { add, compare, price, toNumber, type Price } from '../words/price.ts'
import { positionSize, sizeBounds, sizeWithin } from './size.ts'

it('loses the profile’s risk at the stop, costs included, and no more', () => {
  const size = positionSize(houseProfile, price('100'), price('80'))!
  expect(size.limitedBy).toBe('risk')
  expect(size.riskPct).toBe(1)
  expect(toNumber(size.worstCaseLossQuote)).toBeLessThanOrEqual(100.01)
  expect(toNumber(size.worstCaseLossQuote)).toBeGreaterThan(99)
})

it('never puts more than a tenth of the portfolio into one position', () => {
  const size = positionSize(houseProfile, price('100'), price('99'))!
  expect(size).toMatchObject({ limitedBy: 'maximum position', units: '10', quoteAmount: '1000' })
})

it('counts in whole units where a unit is worth next to nothing, and has no exponent', () => {
  const size = positionSize(houseProfile, price('0.000000001234'), price('0.0000000011'))!
  expect(size.units).toMatch(/^\d+$/)
  expect(compare(add(size.quoteAmount, '0' as Price), price('1000.01'))).toBe(-1)
})

it('has nothing to say without a portfolio', () => {
  expect(positionSize({ ...houseProfile, portfolioQuote: '0' as Price }, price('1'), price('0.9'))).toBeNull()
})

it('keeps a position within the share of the portfolio that the profile allows', () => {
  const limits = { maxPositionPct: 5, maxStopPct: null, takeProfitPct: null }
  const size = positionSize({ ...houseProfile, limits }, price('100'), price('99'))!
  expect(size).toMatchObject({ limitedBy: 'maximum position', units: '5', quoteAmount: '500' })
})

it('is held to what is said in place of a profile: half the risk is half the size, until a position is full', () => {
  const bounds = sizeBounds({ ...houseProfile, limits: { maxPositionPct: 100, maxStopPct: null, takeProfitPct: null } })
  const whole = sizeWithin(bounds, price('100'), price('80'))!
  const half = sizeWithin({ ...bounds, riskPct: 0.5 }, price('100'), price('80'))!
  expect(half.riskPct).toBe(0.5)
  expect(toNumber(half.units) / toNumber(whole.units)).toBeCloseTo(0.5, 5)
  expect(sizeWithin({ ...bounds, riskPct: 50 }, price('100'), price('80'))).toMatchObject({
    limitedBy: 'maximum position',
    units: '100',
  })
})
