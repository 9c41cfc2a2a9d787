import { describe, expect, it } from 'vitest'
import { chanceOf } from './chance.ts'

const many = (count: number, make: (i: number) => number) => Array.from({ length: count }, (_, i) => make(i))
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length

describe('chance by keys', () => {
  it('gives the same numbers for the same seed and keys', () => {
    const [a, b] = [chanceOf(7, 1, 2, 3), chanceOf(7, 1, 2, 3)]
    expect(many(50, () => a.normal())).toEqual(many(50, () => b.normal()))
  })

  it('gives other numbers when the seed, a key or the order of keys differs', () => {
    const first = (seed: number, ...keys: number[]) => chanceOf(seed, ...keys).uniform()
    const all = [
      first(7, 1, 2),
      first(8, 1, 2),
      first(7, 1, 3),
      first(7, 2, 1),
      first(7, 1, 2, 0),
      first(7 + 2 ** 32, 1, 2),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  it('is uniform over neighbouring keys, which do not resemble each other', () => {
    const firsts = many(20_000, (i) => chanceOf(7, 4, i).uniform())
    expect(mean(firsts)).toBeCloseTo(0.5, 2)
    const products = firsts.slice(1).map((value, i) => (value - 0.5) * (firsts[i]! - 0.5))
    expect(Math.abs(mean(products))).toBeLessThan(0.002)
  })

  it('draws normals of mean 0 and variance 1', () => {
    const { normal } = chanceOf(7, 5)
    const values = many(20_000, normal)
    expect(Math.abs(mean(values))).toBeLessThan(0.02)
    expect(mean(values.map((value) => value * value))).toBeCloseTo(1, 1)
  })
})
