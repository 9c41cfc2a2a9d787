import { z } from 'zod'
import { Failure } from './failure.ts'

/**
 * A price or amount: a decimal string without exponent, plus sign or needless zeros ("0.000000001234", "26071.5"). One number has one
 * form, so equal prices are equal strings. Only this file computes with it, exactly (BigInt); doubles serve indicators and scans.
 */
export const Price = z
  .string()
  .regex(/^-?(0|[1-9]\d{0,39})(\.\d{1,60})?$/, 'a price is a decimal string such as "0.00001234"')
  .refine((text) => canonicalForm(text) === text, 'a price has no needless zeros')
  .brand('Price')
export type Price = z.output<typeof Price>

type Parts = { units: bigint; scale: number }

/** From a vendor's or a user's decimal text; exponents are expanded, needless zeros dropped. */
export function price(text: string): Price {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim())
  const whole = match?.[2] ?? ''
  const fraction = match?.[3] ?? ''
  if (!match || whole.length + fraction.length === 0)
    throw new Failure('invalid', `not a decimal number: ${JSON.stringify(text)}`)
  const exponent = Number(match[4] ?? 0)
  const digits = whole + fraction
  const scale = fraction.length - exponent
  const plain = scale <= 0 ? digits + '0'.repeat(-scale) : placePoint(digits, scale)
  return canonicalForm((match[1] === '-' ? '-' : '') + plain) as Price
}

/** The shortest decimal that reads back as the same double: what a candle's price said, up to 15 significant digits. */
export function priceOf(value: number): Price {
  if (!Number.isFinite(value)) throw new Failure('invalid', `not a finite number: ${value}`)
  const text = String(value)
  // Without an exponent, a double prints in the one form of its number.
  return text.includes('e') ? price(text) : (text as Price)
}

export const toNumber = (value: Price): number => Number(value)

export const zero = '0' as Price

function placePoint(digits: string, scale: number): string {
  const padded = digits.padStart(scale + 1, '0')
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

function canonicalForm(text: string): string {
  const negative = text.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? text.slice(1) : text).split('.')
  const head = whole.replace(/^0+(?=\d)/, '') || '0'
  const tail = fraction.replace(/0+$/, '')
  const body = tail ? `${head}.${tail}` : head
  return negative && body !== '0' ? `-${body}` : body
}

function parts(value: Price): Parts {
  const point = value.indexOf('.')
  if (point < 0) return { units: BigInt(value), scale: 0 }
  return { units: BigInt(value.slice(0, point) + value.slice(point + 1)), scale: value.length - point - 1 }
}

function fromParts({ units, scale }: Parts): Price {
  const negative = units < 0n
  const digits = String(negative ? -units : units)
  const plain = scale > 0 ? placePoint(digits, scale) : digits
  return canonicalForm((negative ? '-' : '') + plain) as Price
}

function aligned(a: Price, b: Price): [bigint, bigint, number] {
  const left = parts(a)
  const right = parts(b)
  const scale = Math.max(left.scale, right.scale)
  const lift = ({ units, scale: own }: Parts) => units * 10n ** BigInt(scale - own)
  return [lift(left), lift(right), scale]
}

export function compare(a: Price, b: Price): -1 | 0 | 1 {
  const [left, right] = aligned(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

export function add(a: Price, b: Price): Price {
  const [left, right, scale] = aligned(a, b)
  return fromParts({ units: left + right, scale })
}

export function subtract(a: Price, b: Price): Price {
  const [left, right, scale] = aligned(a, b)
  return fromParts({ units: left - right, scale })
}

export function multiply(a: Price, b: Price): Price {
  const left = parts(a)
  const right = parts(b)
  return fromParts({ units: left.units * right.units, scale: left.scale + right.scale })
}

export type Rounding = 'down' | 'up' | 'nearest'

/** a / b to so many decimals; `down` and `up` are toward and away from zero, `nearest` rounds half away from zero. */
export function divide(a: Price, b: Price, decimals: number, rounding: Rounding = 'nearest'): Price {
  const [left, right] = aligned(a, b)
  if (right === 0n) throw new Failure('invalid', 'division by a price of 0')
  return fromParts({ units: divideUnits(left * 10n ** BigInt(decimals), right, rounding), scale: decimals })
}

/** The nearest multiple of the tick in the given direction. */
export function toTick(value: Price, tick: Price, rounding: Rounding): Price {
  if (compare(tick, zero) <= 0) throw new Failure('invalid', `tick size must be above 0, not ${tick}`)
  return multiply(divide(value, tick, 0, rounding), tick)
}

function divideUnits(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const rest = n % d
  const lift = rounding === 'up' ? rest > 0n : rounding === 'nearest' && rest * 2n >= d
  const quotient = n / d + (lift ? 1n : 0n)
  return negative ? -quotient : quotient
}

const subscripts = '₀₁₂₃₄₅₆₇₈₉'

/**
 * For people: at least four significant digits, and zeros behind the point counted rather than printed once there are four of them
 * ("0.0₈1234"). Never an exponent.
 */
export function showPrice(value: Price): string {
  const negative = value.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? value.slice(1) : value).split('.')
  const zeros = /^0*/.exec(fraction)![0].length
  const sign = negative ? '-' : ''
  if (whole !== '0')
    return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction ? `.${fraction.slice(0, Math.max(2, 6 - whole.length))}` : ''}`
  if (zeros < 4 || zeros === fraction.length) return `${sign}0${fraction ? `.${fraction.slice(0, zeros + 6)}` : ''}`
  const count = [...String(zeros)].map((digit) => subscripts[Number(digit)]).join('')
  return `${sign}0.0${count}${fraction.slice(zeros, zeros + 6)}`
}
