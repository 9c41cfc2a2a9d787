import { describe, expect, it } from 'vitest'
import type { Price } from '../words/price.ts'
import type { Quote } from '../words/reading.ts'
import { minutes, toIso } from '../words/time.ts'
import { checkedPrice } from './checked-price.ts'

const at = Date.UTC(2026, 0, 5)
const quote = (source: string, price: string, ageMs = 0): Quote => ({
  source,
  pair: 'BTCUSD',
  price,
  observedAt: toIso(at - ageMs),
  fetchedAt: toIso(at),
})
const large = { marketCapRank: 200, priceUsd: null }
const small = { marketCapRank: 201, priceUsd: null }

describe('the price of several venues', () => {
  it('is the median, exact to the last digit, and as old as its oldest quote', () => {
    const odd = checkedPrice([quote('a', '100'), quote('b', '102'), quote('c', '101', 4_000)], large, at)
    expect(odd).toMatchObject({ price: { value: '101', source: 'a+b+c', ageMs: 4_000 }, gaps: [], unable: null })
    const even = checkedPrice([quote('a', '0.000000001234'), quote('b', '0.000000001235')], large, at)
    expect(even.price?.value).toBe('0.0000000012345')
  })

  it('leaves out a venue whose price is older than five minutes and names it', () => {
    const late = quote('c', '300', minutes(5) + 1)
    const { price, gaps, unable } = checkedPrice([quote('a', '100'), quote('b', '101'), late], large, at)
    expect(price).toMatchObject({ value: '100.5', source: 'a+b' })
    expect(unable).toBeNull()
    expect(gaps).toEqual([expect.objectContaining({ source: 'c', reason: expect.stringContaining('five minutes') })])
    expect(checkedPrice([late], large, at)).toMatchObject({ price: null, unable: 'no venue gave a fresh price' })
  })

  it('may differ by 5 % among the 200 largest, by 20 % below and where no rank is known', () => {
    const apart = (percent: number) => [quote('a', '100'), quote('b', String(100 + percent))]
    expect(checkedPrice(apart(5), large, at).unable).toBeNull()
    expect(checkedPrice(apart(5.1), large, at).unable).toContain('prices disagree by 5.1 %')
    expect(checkedPrice(apart(20), small, at).unable).toBeNull()
    expect(checkedPrice(apart(20), { ...small, marketCapRank: null }, at).unable).toBeNull()
    expect(checkedPrice(apart(20.1), small, at).unable).toContain('prices disagree by 20.1 %')
  })

  it('is another token’s when it is more than twice or less than half of what the catalogue says', () => {
    const agreed = [quote('a', '100'), quote('b', '100')]
    const known = (priceUsd: string) => checkedPrice(agreed, { marketCapRank: 1, priceUsd: priceUsd as Price }, at)
    expect(known('50').unable).toBeNull()
    expect(known('200').unable).toBeNull()
    expect(known('49').unable).toContain('another token: 100, where the catalogue has 49')
    expect(known('201').unable).toContain('another token')
  })
})
