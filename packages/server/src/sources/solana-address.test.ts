import { Failure } from '@pumpiq/domain'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addressOf, derivedAddress, isOnCurve, keyOf } from './solana-address.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })

it('an address and its bytes are one another', () => {
  fc.assert(
    fc.property(key, (bytes) => {
      expect(keyOf(addressOf(bytes))).toEqual(bytes)
    }),
  )
  expect(keyOf('11111111111111111111111111111111')).toEqual(new Uint8Array(32))
})

it('what is no address is refused, never cut', () => {
  for (const text of [
    '',
    '0',
    'O',
    'l',
    '1'.repeat(31),
    '1'.repeat(33),
    'z'.repeat(44),
    'z'.repeat(45),
    'x y',
    '2'.repeat(9_000),
  ])
    expect(() => keyOf(text), text.slice(0, 50)).toThrow(Failure)
})

it('keys of the curve are told from what programs hold', () => {
  // The base point and the neutral point lie on it; y = 2 has no x (RFC 8032).
  const small = (y: number) => Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? y : 0))
  const base = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x58 : 0x66))
  expect([base, small(1), small(2)].map(isOnCurve)).toEqual([true, true, false])
})

it('about half of all keys lie on the curve', () => {
  const keys = Array.from({ length: 400 }, (_, i) =>
    Uint8Array.from({ length: 32 }, (__, j) => (i * 31 + j * j * 17 + i * j) % 251),
  )
  const share = keys.filter(isOnCurve).length / keys.length
  expect(share).toBeGreaterThan(0.4)
  expect(share).toBeLessThan(0.6)
})

it('a derived address is the published one: of the global account of Pump.fun', () => {
  expect(derivedAddress([new TextEncoder().encode('global')], '6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P')).toBe(
    '4wTV1YmiEkRvAtNtsSGPtUrqRYQMe5SKy2uB4Jjaxnjf',
  )
})
