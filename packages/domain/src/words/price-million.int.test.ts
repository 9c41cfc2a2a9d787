import { expect, it } from 'vitest'
import { price, priceOf, showPrice, toNumber } from './price.ts'

/** Mulberry32; the seed is printed so that a failing run can be repeated. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

it('a million prices from 1e-18 to 1e9 come back exactly, never with an exponent (seed 20260101)', () => {
  const random = seeded(20_260_101)
  const wrong: string[] = []
  for (let run = 0; run < 1_000_000; run++) {
    const digits = String(Math.floor(random() * 9e14) + 1).slice(0, 1 + Math.floor(random() * 15))
    const text = price(`0.${digits}e${Math.floor(random() * 28) - 17}`)
    const back = priceOf(toNumber(text))
    if (back !== text || back.includes('e') || showPrice(back).includes('e')) wrong.push(text)
  }
  expect(wrong).toEqual([])
})
