import { Failure } from './failure.ts'

/**
 * RFC 8785 (JSON Canonicalization Scheme): one value, one byte form. Keys in UTF-16 order, numbers as ECMAScript prints them, no white
 * space. Members that are `undefined` are left out; NaN, infinities, lone surrogates and what JSON cannot say are refused.
 */
export function canonical(value: unknown, path = '$'): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Failure('invalid', `${path} is ${value}: it has no canonical form`)
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed())
      throw new Failure('invalid', `${path} holds half a surrogate pair: it has no canonical form`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item, i) => canonical(item, `${path}[${i}]`)).join(',')}]`
  if (
    typeof value === 'object' &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
  ) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${members.map(([key, member]) => `${canonical(key, path)}:${canonical(member, `${path}.${key}`)}`).join(',')}}`
  }
  throw new Failure('invalid', `${path} is a ${typeof value}: it has no canonical form`)
}
