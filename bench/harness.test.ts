import { describe, expect, it } from 'vitest'
import { interleaved, median, ratioOf } from './harness.ts'

describe('the bench harness', () => {
  it('takes the middle of the rounds, and of two middles the mean', () => {
    expect(median([3, 1, 200])).toBe(3)
    expect(median([1, 3, 200, 2])).toBe(2.5)
  })

  it('compares round by round, so that a machine that slows down in between does not count', () => {
    expect(ratioOf([1, 10, 2], [2, 20, 4])).toBe(2)
  })

  it('runs the contenders forth and back in turn', async () => {
    const order: string[] = []
    const once = async (name: string) => order.push(name)
    const found = await interleaved(['a', 'b', 'c'], 2, once)
    expect(order.join('')).toBe('abccba')
    expect(Object.fromEntries(found)).toEqual({ a: [1, 6], b: [2, 5], c: [3, 4] })
  })
})
