import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { canonical } from './canonical.ts'

describe('the canonical form of a value (RFC 8785)', () => {
  it('orders keys by UTF-16 units and prints numbers as ECMAScript does', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    }
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.keys(JSON.parse(canonical(keys)) as object).length).toBe(7)
    expect(canonical(keys)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  })

  it('does not depend on the order members were written in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).toReversed())
        expect(canonical(reversed)).toBe(canonical(object))
        expect(canonical(JSON.parse(canonical(object)))).toBe(canonical(object))
      }),
    )
  })

  it.each([
    ['NaN', { a: [Number.NaN] }, '$.a[0] is NaN'],
    ['infinity', { a: Number.POSITIVE_INFINITY }, '$.a is Infinity'],
    ['half a surrogate pair', { a: '\ud800' }, '$.a holds half a surrogate pair'],
    ['a date', { a: new Map() }, '$.a is a object'],
    ['a bigint', { a: 1n }, '$.a is a bigint'],
  ])('refuses %s and says where', (_, value, message) => expect(() => canonical(value)).toThrow(message))

  it('leaves out members that are undefined', () => expect(canonical({ a: undefined, b: 1 })).toBe('{"b":1}'))
})
