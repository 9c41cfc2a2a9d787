import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentimentLabel } from '../words/claim.ts'
import { sentimentOf } from './sentiment.ts'

const labels = (texts: readonly string[]) => texts.map((text) => [text, sentimentLabel(sentimentOf(text))])
const all = (texts: readonly string[], label: -1 | 0 | 1) => texts.map((text) => [text, label])

const good = [
  'Bitcoin surges to record high',
  'Ethereum ETF approved by regulator',
  'Protocol raises $20M in Series A',
  'Exchange reserves of Bitcoin fall to a five-year low',
  'Record outflows from exchanges as holders accumulate Bitcoin',
  'Ethereum gas fees plunge',
  'Inflation falls, Bitcoin steady',
  'The SEC drops its lawsuit against the exchange',
  'Bitcoin is not a scam',
  'BTC breaks resistance 🚀🚀',
  'This is sooooo bullish!!!',
  '+12% today :)',
  'Net loss narrowed sharply in the second quarter',
  'Operating profit was 5.2 million, compared to 4.1 million a year earlier',
  'Payment firm now accepts Bitcoin',
]
const bad = [
  'Hackers drain $100M from lending protocol',
  'Exchange halts withdrawals',
  'Record Bitcoin ETF outflows',
  'LUNA crashed 99%, I got rekt',
  'Inflation rises, Bitcoin falls on fears of a rate hike',
  'Developers rugged, funds stolen',
  'Bitcoin is not bullish at all',
  'Bitcoin rallies but analysts warn of an imminent crash',
  'Costs have risen sharply',
  'Operating profit was 5.2 million, compared to 8.1 million a year earlier',
  'Profit fell short and the company will lay off staff',
  'Solana token unlock worth $1B next week',
  'Exchange fails to win approval 😡',
]
const neither = [
  'What is a blockchain?',
  'How to buy Bitcoin: a guide for beginners',
  'Bitcoin price analysis: what comes next?',
  'The annual general meeting is held on Tuesday',
  '',
]

describe('sentiment', () => {
  it('sees what is good for the price', () => {
    expect(labels(good)).toEqual(all(good, 1))
  })

  it('sees what is bad for the price', () => {
    expect(labels(bad)).toEqual(all(bad, -1))
  })

  it('sees what tells no news', () => {
    expect(labels(neither)).toEqual(all(neither, 0))
  })

  it('turns by what moves', () => {
    const pairs = [
      ['Bitcoin price rises', 'Bitcoin fees rise'],
      ['Crypto losses shrink', 'Crypto profits shrink'],
      ['Bitcoin inflows jump', 'Bitcoin outflows jump'],
      ['Fed cuts rates, Bitcoin steady', 'Fed hikes rates, Bitcoin steady'],
    ] as const
    for (const [better, worse] of pairs) expect(sentimentOf(better), better).toBeGreaterThan(sentimentOf(worse) + 0.3)
  })

  it('is stronger for strong words and weaker for weak ones', () => {
    const [plain, strong, weak] = ['Bitcoin falls', 'Bitcoin falls sharply', 'Bitcoin falls slightly'].map(sentimentOf)
    expect(strong!).toBeLessThan(plain!)
    expect(weak!).toBeGreaterThan(plain!)
    expect(sentimentOf('Bitcoin is BULLISH')).toBeGreaterThan(sentimentOf('Bitcoin is bullish'))
    expect(sentimentOf('Bitcoin is bullish!!!')).toBeGreaterThan(sentimentOf('Bitcoin is bullish'))
  })

  it('grants what follows "despite" and believes what follows "but"', () => {
    expect(sentimentOf('Bitcoin rallies despite hack')).toBeGreaterThan(sentimentOf('Bitcoin rallies after hack'))
    expect(sentimentOf('Bitcoin falls but recovers')).toBeGreaterThan(sentimentOf('Bitcoin recovers but falls'))
  })

  it('is the same for one text in any dress', () => {
    const plain = sentimentOf("Bitcoin doesn't crash & burn")
    for (const dressed of [
      'Bitcoin doesn’t crash &amp; burn',
      'Ｂｉｔｃｏｉｎ doesn&#39;t crash &#x26; burn',
      '𝐁𝐢𝐭𝐜𝐨𝐢𝐧 doesn\u0092t cr\u200bash & burn',
    ])
      expect(sentimentOf(dressed), dressed).toBe(plain)
  })

  it('is a number from -1 to 1 for any string, the same at every reading', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), fc.string(), (text, other) => {
        const first = sentimentOf(text)
        expect(Math.abs(first)).toBeLessThanOrEqual(1)
        sentimentOf(other)
        expect(sentimentOf(text)).toBe(first)
      }),
    )
    expect(sentimentOf('crash 🚀 '.repeat(200_000))).toBeGreaterThan(-1)
  })
})
