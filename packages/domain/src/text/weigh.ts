import { kindNumber } from './lexicon.ts'
import { type Tokens, trait } from './tokens.ts'
import { wordHash } from './word-hash.ts'
import type { Units } from './units.ts'
import { betterThanBefore } from './compared-figures.ts'

/** What the rules find in a text: how much good, how much that is good where it is news, how much bad, and how much of its writing tells no news. */
export type Weighed = { good: number; mild: number; bad: number; calm: number }

const { value, mild, up, down, not, more, less, but, despite, calm } = kindNumber
const goodObject = kindNumber['good-object']
const badObject = kindNumber['bad-object']

/** How far, in tokens, a movement looks for what moves, a negation reaches, and a strengthening word stands. */
const reach = { object: 4, negation: 4, strength: 1 } as const

const parts = new Float64Array(1_024)
const used = new Uint8Array(1_024)

export function weigh(tokens: Tokens, units: Units, into: Weighed): Weighed {
  into.good = into.mild = into.bad = into.calm = 0
  const shouting = isShouting(tokens)
  used.fill(0, 0, units.count)
  for (let i = 0; i < units.count; i++) parts[i] = ownValue(tokens, units, i, shouting)
  for (let i = 0; i < units.count; i++)
    if (used[i] === 0 && isKindOfObject(units.kind[i]!)) parts[i] = negated(units, i, i, units.weight[i]! / 10)
  let turn = -1
  let moved = 0
  for (let i = 0; i < units.count; i++) {
    const kind = units.kind[i]!
    if (kind === calm) into.calm += units.weight[i]! / 10
    else if (kind === but && units.from[i]! > 0) turn = i
    else if (kind === despite) dampen(units, i)
    if (kind === up || kind === down) moved++
  }
  for (let i = 0; i < units.count; i++) {
    const part = parts[i]! * (turn < 0 ? 1 : i < turn ? 0.5 : 1.4)
    if (units.kind[i] === mild && part > 0) into.mild += part
    else add(into, part)
  }
  addFigures(tokens, units, moved, into)
  const loud = 1 + 0.05 * Math.min(3, tokens.exclamations)
  into.good *= loud
  into.bad *= loud
  if (tokens.questions > 0) into.calm += 0.3
  return into
}

function add(into: Weighed, part: number): void {
  if (part > 0) into.good += part
  else into.bad -= part
}

/** Most words in capitals: then capitals mean nothing. */
function isShouting(tokens: Tokens): boolean {
  let capitals = 0
  for (let i = 0; i < tokens.count; i++) capitals += tokens.traits[i]! & trait.capitals
  return capitals * 2 > tokens.count
}

function ownValue(tokens: Tokens, units: Units, i: number, shouting: boolean): number {
  const kind = units.kind[i]!
  const loud = units.loud[i] === 1 && !shouting ? 1.25 : 1
  if (kind === value || kind === mild) return negated(units, i, i, (units.weight[i]! / 10) * strength(units, i) * loud)
  if (kind === not) return units.weight[i]! / 10
  if (kind !== up && kind !== down) return 0
  const object = objectOf(tokens, units, i)
  const sign = kind === up ? 1 : -1
  const weight = (units.weight[i]! / 10) * strength(units, i) * loud
  if (object < 0) return sameMovement(units, i) * weight || negated(units, i, i, sign * weight)
  used[object] = 1
  return negated(units, i, Math.min(i, object), units.kind[object] === badObject ? -sign * weight : sign * weight)
}

/** "Fees fall to a low": the low says no more than the fall. Half of it, with its sign; 0 where nothing moved before in the clause. */
function sameMovement(units: Units, i: number): number {
  for (let k = i - 1; k >= 0 && units.clause[k] === units.clause[i]; k--)
    if (units.kind[k] === units.kind[i]) return Math.sign(parts[k]!) * 0.5
  return 0
}

/**
 * The nearest thing that can move, in the clause of the movement; a thing that another movement has taken is left to it. What stands behind
 * "after", "on" and the like is the reason and does not move.
 */
function objectOf(tokens: Tokens, units: Units, i: number): number {
  const behind = objectBehind(tokens, units, i)
  const away = behind < 0 ? reach.object + 1 : units.from[behind]! - units.to[i]! + 0.5
  for (let k = i - 1; k >= 0 && units.clause[k] === units.clause[i]; k--) {
    if (units.from[i]! - units.to[k]! >= away) break
    if (isObject(units, k)) return headOf(tokens, units, k)
  }
  return behind
}

function objectBehind(tokens: Tokens, units: Units, i: number): number {
  let from = units.to[i]!
  for (let k = i + 1; k < units.count && units.clause[k] === units.clause[i]; k++) {
    const kind = units.kind[k]!
    if (units.from[k]! - units.to[i]! > reach.object || kind === but || kind === despite) return -1
    for (; from < units.from[k]!; from++) if (reasons.has(tokens.hash[from]!)) return -1
    if (isObject(units, k)) return k
  }
  return -1
}

/** Of "reserves of bitcoin" it is the reserves that move; bitcoin is taken with them. */
function headOf(tokens: Tokens, units: Units, k: number): number {
  const head = k - 1
  if (head < 0 || !isObject(units, head)) return k
  const between = units.to[head]!
  if (units.from[k] !== between + 1 || tokens.hash[between] !== ofHash) return k
  used[k] = 1
  return head
}

const ofHash = wordHash('of')
const reasons: ReadonlySet<number> = new Set(
  'after on amid amidst as over following due because with while when to from by at under ahead against and since upon'
    .split(' ')
    .map(wordHash),
)

const isKindOfObject = (kind: number): boolean => kind === goodObject || kind === badObject
const isObject = (units: Units, k: number): boolean => used[k] === 0 && isKindOfObject(units.kind[k]!)

/** Words beside a word that make it stronger or weaker. */
function strength(units: Units, i: number): number {
  let times = 1
  for (let k = i - 1; k >= 0 && units.from[i]! - units.to[k]! <= reach.strength; k--) {
    const kind = units.kind[k]!
    if (kind !== more && kind !== less) break
    times += units.weight[k]! / 10
  }
  const next = i + 1
  if (
    next < units.count &&
    units.from[next] === units.to[i] &&
    (units.kind[next] === more || units.kind[next] === less)
  )
    times += units.weight[next]! / 10
  return Math.max(0.2, Math.min(2, times))
}

/** A negation before the words from `first` on turns them, and leaves about half: "not good" is bad, but less so than "bad". */
function negated(units: Units, i: number, first: number, amount: number): number {
  if (amount === 0) return 0
  let turns = 0
  for (let k = first - 1; k >= 0 && units.clause[k] === units.clause[i]; k--) {
    if (units.from[first]! - units.to[k]! > reach.negation || units.kind[k] === but) break
    // "Fails to" is bad in itself: it spoils what is good and does not mend what is bad.
    if (units.kind[k] === not && (amount > 0 || units.weight[k] === 0)) turns++
  }
  return turns % 2 === 1 ? amount * -0.6 : amount
}

/** What follows a "despite" in its clause is granted, not told. */
function dampen(units: Units, i: number): void {
  for (let k = i + 1; k < units.count && units.clause[k] === units.clause[i]; k++) parts[k]! *= 0.25
}

/** Figures beside each other, and signed percentages, where no word of movement has told it already. */
function addFigures(tokens: Tokens, units: Units, moved: number, into: Weighed): void {
  if (moved > 0) return
  add(into, 1.6 * betterThanBefore(tokens, units))
  for (let i = 0; i < tokens.count; i++) {
    const traits = tokens.traits[i]!
    if ((traits & trait.percent) === 0) continue
    if ((traits & trait.plus) !== 0) add(into, 1.2)
    else if ((traits & trait.minus) !== 0) add(into, -1.2)
  }
}
