import { expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { price, priceOf, showPrice, toNumber } from './price.ts'

it('a million prices from 1e-18 to 1e9 come back exactly, never with an exponent (seed 20260101)', () => {
  const random = chance(20_260_101)
  const wrong: string[] = []
  for (let run = 0; run < 1_000_000; run++) {
    const digits = String(Math.floor(random() * 9e14) + 1).slice(0, 1 + Math.floor(random() * 15))
    const text = price(`0.${digits}e${Math.floor(random() * 28) - 17}`)
    const back = priceOf(toNumber(text))
    if (back !== text || back.includes('e') || showPrice(back).includes('e')) wrong.push(text)
  }
  expect(wrong).toEqual([])
})
