import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scan } from './scan.ts'
import { createTokens, gap, textLimit, trait } from './tokens.ts'
import { wordHash } from './word-hash.ts'

const tokens = createTokens()
const hashes = (text: string) => Array.from(scan(text, tokens).hash.subarray(0, tokens.count))
const wordsOf = (text: string) => {
  scan(text, tokens)
  return Array.from({ length: tokens.count }, (_, i) => text.slice(tokens.start[i], tokens.end[i]))
}
const traitsOf = (text: string, i = 0) => scan(text, tokens).traits[i]!
const has = (traits: number, one: keyof typeof trait) => (traits & trait[one]) !== 0

describe('the scanner', () => {
  it('folds case, accents, full width and invisible characters into one word', () => {
    const plain = hashes('bitcoin')
    for (const spelt of [
      'BITCOIN',
      'Bitcoin',
      'bítcöin',
      'ＢＩＴＣＯＩＮ',
      'bit\u200bcoin',
      'bit\u00adcoin',
      'b\u202eitcoin',
    ])
      expect(hashes(spelt), spelt).toEqual(plain)
  })

  it('splits at hyphens and punctuation, not inside numbers', () => {
    expect(wordsOf('all-time high: $1,234.50 (up 5%)')).toEqual(['all', 'time', 'high', '1,234.50', 'up', '5'])
    expect(tokens.value[3]).toBe(1234.5)
    expect(has(tokens.traits[3]!, 'money')).toBe(true)
    expect(has(tokens.traits[5]!, 'percent')).toBe(true)
  })

  it('takes contractions as one word and parts a possessive from it, with every kind of apostrophe', () => {
    const dont = wordHash('dont')
    for (const spelt of ["don't", 'don’t', 'don\u0092t']) expect(hashes(spelt)).toEqual([dont])
    expect(hashes("Tether's")).toEqual([wordHash('tether')])
    expect(has(traitsOf("Tether's"), 'possessive')).toBe(true)
  })

  it('tells signs of numbers from dashes', () => {
    expect(has(traitsOf('-5%'), 'minus')).toBe(true)
    expect(has(traitsOf('+5%'), 'plus')).toBe(true)
    expect(has(traitsOf('BTC-5', 1), 'minus')).toBe(false)
    expect(has(traitsOf('(-$5)'), 'minus')).toBe(true)
  })

  it('makes cashtags, mentions and web addresses say nothing by their words', () => {
    expect(hashes('$MOON')).toEqual([wordHash('$')])
    expect(hashes('@moon')).toEqual([wordHash('@')])
    expect(hashes('see https://moon.example/crash?x=1 now')).toEqual([wordHash('see'), wordHash('now')])
  })

  it('counts any number in a word as one', () => {
    expect(hashes('100x')).toEqual(hashes('20x'))
    expect(hashes('q3')).toEqual(hashes('q4'))
    expect(hashes('1,000,000')).toEqual(hashes('7'))
  })

  it('marks capitals, elongation and emoji', () => {
    expect(has(traitsOf('HODL'), 'capitals')).toBe(true)
    expect(has(traitsOf('Hodl'), 'capitals')).toBe(false)
    expect(has(traitsOf('soooo'), 'elongated')).toBe(true)
    expect(has(traitsOf('🚀'), 'emoji')).toBe(true)
    expect(wordsOf('gm🚀🚀gm :-)')).toEqual(['gm', '🚀', '🚀', 'gm', ':-)'])
  })

  it('knows where clauses and sentences end', () => {
    scan('One, two - three. Four! U.S. rules', tokens)
    expect(Array.from(tokens.gaps.subarray(0, tokens.count))).toEqual([
      gap.sentence,
      gap.clause,
      gap.clause,
      gap.sentence,
      gap.sentence,
      gap.none,
      gap.sentence,
    ])
  })

  it('reads any string, and no more of it than it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        scan(text, tokens)
        for (let i = 0; i < tokens.count; i++) {
          expect(tokens.end[i]!).toBeGreaterThan(tokens.start[i]!)
          expect(tokens.start[i]!).toBeGreaterThanOrEqual(i === 0 ? 0 : tokens.end[i - 1]!)
          expect(tokens.hash[i]).not.toBe(0)
        }
      }),
    )
    expect(scan('\ud800\udc00 \udfff \ud800', tokens).count).toBeGreaterThan(0)
    scan('word '.repeat(300_000), tokens)
    expect(tokens.end[tokens.count - 1]!).toBeLessThanOrEqual(textLimit)
  })
})
