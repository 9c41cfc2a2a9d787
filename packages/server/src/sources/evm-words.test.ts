import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AddressWord, callData, Quantity, Word, words } from './evm-words.ts'

const uint256 = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })
const hex = (value: bigint) => value.toString(16).padStart(64, '0')

describe('what a node answers', () => {
  it('keeps all 256 bits', () => {
    fc.assert(
      fc.property(fc.array(uint256, { minLength: 1, maxLength: 4 }), (values) => {
        expect(words(values.length).parse(`0x${values.map(hex).join('')}`)).toEqual(values)
        expect(Word.parse(`0x${hex(values[0]!)}`)).toBe(values[0])
        expect(Quantity.parse(`0x${values[0]!.toString(16)}`)).toBe(values[0])
      }),
    )
  })

  it('is nothing where there is no contract or the call reverts', () => {
    for (const none of ['0x', null]) expect([Word.parse(none), AddressWord.parse(none)]).toEqual([null, null])
    expect(AddressWord.parse(`0x${hex(0n)}`)).toBeNull()
  })

  it('is an address only where it fits into one', () => {
    expect(AddressWord.parse(`0x${hex(0xabn)}`)).toBe('0x00000000000000000000000000000000000000ab')
    expect(AddressWord.safeParse(`0x${hex(2n ** 160n)}`).success).toBe(false)
  })

  it('is refused where it is too short, no hex, or no word', () => {
    for (const wrong of ['0x1', 'ff', '0xzz', '', 5, undefined, `0x${'0'.repeat(63)}`])
      expect(Word.safeParse(wrong).success).toBe(false)
    expect(words(2).safeParse(`0x${hex(1n)}`).success).toBe(false)
    for (const wrong of ['0x', '0xg', '12', `0x${'1'.repeat(65)}`])
      expect(Quantity.safeParse(wrong).success).toBe(false)
  })
})

it('a call is a selector and its arguments, a word each', () => {
  const address = `0x${'ab'.repeat(20)}`
  expect(callData('0x1698ee82', address, 3_000)).toBe(`0x1698ee82${'0'.repeat(24)}${'ab'.repeat(20)}${hex(3_000n)}`)
})
