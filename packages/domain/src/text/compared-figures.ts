import { kindNumber } from './lexicon.ts'
import { type Tokens, trait } from './tokens.ts'
import type { Units } from './units.ts'

const goodObject = kindNumber['good-object']
const badObject = kindNumber['bad-object']

/**
 * "Profit was 5.1 mn, compared to 6.2 mn": 1 when the figure told is better than the one before, -1 when it is worse, 0 when nothing is
 * compared. A profit beside an earlier loss is better whatever the figures are.
 */
export function betterThanBefore(tokens: Tokens, units: Units): number {
  for (let k = 0; k < units.count; k++) {
    if (units.kind[k] !== kindNumber.compare) continue
    const told = objectBefore(units, k)
    if (told < 0) continue
    const earlier = objectAfter(units, k)
    if (earlier >= 0 && units.kind[earlier] !== units.kind[told]) return units.kind[told] === goodObject ? 1 : -1
    const now = figureBefore(tokens, units.from[k]!)
    const then = figureFrom(tokens, units.to[k]!)
    if (Number.isNaN(now) || Number.isNaN(then) || now === then) continue
    return now > then === (units.kind[told] === goodObject) ? 1 : -1
  }
  return 0
}

const isObject = (units: Units, k: number): boolean => units.kind[k] === goodObject || units.kind[k] === badObject

function objectBefore(units: Units, compare: number): number {
  for (let k = compare - 1; k >= 0; k--) if (isObject(units, k)) return k
  return -1
}

/** What is named within a few words of the comparison. */
function objectAfter(units: Units, compare: number): number {
  for (let k = compare + 1; k < units.count && units.from[k]! - units.to[compare]! <= 5; k++)
    if (isObject(units, k)) return k
  return -1
}

function figureBefore(tokens: Tokens, end: number): number {
  for (let i = end - 1; i >= Math.max(0, end - 10); i--) if (isFigure(tokens, i)) return tokens.value[i]!
  return Number.NaN
}

function figureFrom(tokens: Tokens, from: number): number {
  for (let i = from; i < Math.min(tokens.count, from + 8); i++) if (isFigure(tokens, i)) return tokens.value[i]!
  return Number.NaN
}

/** A number that is no year. */
function isFigure(tokens: Tokens, i: number): boolean {
  if ((tokens.traits[i]! & trait.number) === 0) return false
  const value = tokens.value[i]!
  return !(value >= 1_980 && value <= 2_040 && Number.isInteger(value))
}
