import { createHash } from 'node:crypto'
import { Failure } from '@pumpiq/domain'

const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const keyBytes = 32

/** The 32 bytes of an address in base58; a leading 1 is a leading zero byte. */
export function keyOf(address: string): Uint8Array {
  if (address.length > 44) throw notAnAddress(address)
  let value = 0n
  for (const character of address) {
    const digit = digits.indexOf(character)
    if (digit < 0) throw notAnAddress(address)
    value = value * 58n + BigInt(digit)
  }
  const leading = /^1*/.exec(address)![0].length
  const rest = value === 0n ? '' : value.toString(16)
  const bytes = Buffer.from(rest.padStart(rest.length + (rest.length % 2), '0'), 'hex')
  if (leading + bytes.length !== keyBytes) throw notAnAddress(address)
  return Uint8Array.from([...new Uint8Array(leading), ...bytes])
}

const notAnAddress = (text: string) =>
  new Failure('invalid', `a Solana address is 32 bytes in base58, not ${JSON.stringify(text.slice(0, 64))}`)

/** The bytes of a key as base58 text. */
export function addressOf(key: Uint8Array): string {
  let value = BigInt(`0x${Buffer.from(key).toString('hex')}`)
  let text = ''
  for (; value > 0n; value /= 58n) text = digits[Number(value % 58n)]! + text
  const leading = key.findIndex((byte) => byte !== 0)
  return '1'.repeat(leading < 0 ? key.length : leading) + text
}

const p = 2n ** 255n - 19n
/** The d of edwards25519 (RFC 8032, 5.1). */
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base % p
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % p
    square = (square * square) % p
  }
  return result
}

/**
 * Whether a key can sign: it is a point of edwards25519, where x^2 = (y^2 - 1) / (d y^2 + 1) has a root (Euler's criterion). What programs
 * hold (pools, curves, locks) lies off the curve by construction.
 */
export function isOnCurve(key: Uint8Array): boolean {
  const littleEndian = BigInt(`0x${Buffer.from(key.toReversed()).toString('hex')}`)
  const y = BigInt.asUintN(255, littleEndian) % p
  const u = (y * y - 1n + p) % p
  const v = (d * y * y + 1n) % p
  return u === 0n || power(u * v, (p - 1n) / 2n) === 1n
}

/** The address a program derives from seeds: the first hash, counting the bump down from 255, that lies off the curve. */
export function derivedAddress(seeds: readonly Uint8Array[], program: string): string {
  for (let bump = 255; bump >= 0; bump--) {
    const hash = createHash('sha256')
    for (const seed of seeds) hash.update(seed)
    hash.update(Uint8Array.of(bump)).update(keyOf(program)).update('ProgramDerivedAddress')
    const key = new Uint8Array(hash.digest())
    if (!isOnCurve(key)) return addressOf(key)
  }
  throw new Failure('invalid', 'no bump leads off the curve')
}
