import { Failure } from '../../words/failure.ts'

/** No market has a use for a longer look-back, and rings of this size stay small. */
const longest = 10_000

/** A whole number of bars, or a failure that names indicator, parameter, value and range. */
export function bars(indicator: string, parameter: string, value: number, least = 1, most = longest): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new Failure(
    'invalid',
    `${indicator}: ${parameter} must be a whole number from ${least} to ${most}, not ${value}`,
  )
}

/** A number above 0 and up to `most`, or a failure that names indicator, parameter, value and range. */
export function factor(indicator: string, parameter: string, value: number, most: number): number {
  if (value > 0 && value <= most) return value
  throw new Failure('invalid', `${indicator}: ${parameter} must be a number above 0, up to ${most}, not ${value}`)
}
