import type { FigureName } from '../words/figure.ts'
import type { Danger, Figure, Hazard } from '../words/observation.ts'
import { days } from '../words/time.ts'
import type { Finding, SafetyCheck, SafetyEvidence } from './check.ts'

/** What is older says nothing of now: contracts change seldom, pools and holders all the time. */
const staleAfterMs = { hazard: days(3), figure: days(1) } as const

type ChainForm = 'evm' | 'solana' | 'other'

export const chainForm = ({ chain, address }: SafetyEvidence['token']): ChainForm =>
  chain === 'solana' ? 'solana' : /^0x[0-9a-f]{40}$/i.test(address) ? 'evm' : 'other'

const citeOf = (one: Hazard | Figure): string => `${one.source}:${one.what === 'hazard' ? one.danger : one.name}`
export const citesOf = (told: readonly (Hazard | Figure)[]): string[] =>
  [...new Set(told.map(citeOf))].toSorted((a, b) => (a < b ? -1 : 1))

/** What counts: of this token, not from the future, not stale, and of one source and name the newest. By source. */
function current<T extends Hazard | Figure>({ token, at }: SafetyEvidence, told: readonly T[]): T[] {
  const newest = new Map<string, T>()
  for (const one of told) {
    const seenAt = Date.parse(one.observedAt)
    if (one.token !== token.id || seenAt > at || at - seenAt > staleAfterMs[one.what]) continue
    const known = newest.get(citeOf(one))
    if (!known || Date.parse(known.observedAt) < seenAt || isWorse(one, known)) newest.set(citeOf(one), one)
  }
  return [...newest.values()].toSorted((a, b) => (a.source < b.source ? -1 : 1))
}

/** Of two that one source told at one instant; so that their order does not matter. */
function isWorse(one: Hazard | Figure, known: Hazard | Figure): boolean {
  if (Date.parse(one.observedAt) !== Date.parse(known.observedAt)) return false
  return one.what === 'hazard' ? one.present : known.what === 'figure' && one.value > known.value
}

export const hazardsTold = (evidence: SafetyEvidence, danger: Danger): Hazard[] =>
  current(
    evidence,
    evidence.observations.filter((one): one is Hazard => one.what === 'hazard' && one.danger === danger),
  )

export const figuresTold = (evidence: SafetyEvidence, name: FigureName): Figure[] =>
  current(
    evidence,
    evidence.observations.filter((one): one is Figure => one.what === 'figure' && one.name === name),
  )

/** Null where nobody tells it. */
export const lowest = (figures: readonly Figure[]): number | null =>
  figures.length === 0 ? null : Math.min(...figures.map(({ value }) => value))
export const highest = (figures: readonly Figure[]): number | null =>
  figures.length === 0 ? null : Math.max(...figures.map(({ value }) => value))

export const sourcesOf = (told: readonly { source: string }[]): string =>
  [...new Set(told.map(({ source }) => source))].join(', ')

export const percent = (share: number): string => `${Math.round(share * 1_000) / 10} %`
export const dollars = (value: number): string => `${Math.round(value).toLocaleString('en-US')} USD`

/** `12 % (goplus), 40 % (rugcheck)`. */
export const eachOf = (figures: readonly Figure[], show: (value: number) => string): string =>
  figures.map(({ source, value }) => `${show(value)} (${source})`).join(', ')

export const unknown = (detail: string, cites: string[] = []): Finding => ({ verdict: 'unknown', detail, cites })

type HazardRule = Omit<SafetyCheck, 'check'> & {
  /** All of them must be known to be absent for a pass; one that is there fails. */
  dangers: readonly Danger[]
  /** What is so if the danger is there, and if it is not. */
  bad: string
  good: string
}

/** What the sources say of dangers that need no figures. */
export function judgeHazards(
  evidence: SafetyEvidence,
  { dangers, bad, good }: Omit<HazardRule, keyof SafetyCheck>,
): Finding {
  const told = dangers.map((danger) => hazardsTold(evidence, danger))
  const all = told.flat()
  const seen = all.filter(({ present }) => present)
  if (seen.length > 0) {
    const denied = all.filter(({ danger, present }) => !present && seen.some((one) => one.danger === danger))
    const but = denied.length > 0 ? `; denied by ${sourcesOf(denied)}` : ''
    return { verdict: 'fail', detail: `${bad} (${sourcesOf(seen)}${but})`, cites: citesOf([...seen, ...denied]) }
  }
  if (told.some((each) => each.length === 0)) return unknown(`no source says whether ${bad}`, citesOf(all))
  return { verdict: 'pass', detail: `${good} (${sourcesOf(all)})`, cites: citesOf(all) }
}

/** A check that needs no figures. */
export const hazardCheck = ({ dangers, bad, good, ...named }: HazardRule): SafetyCheck => ({
  ...named,
  check: (evidence) => judgeHazards(evidence, { dangers, bad, good }),
})

const establishedRank = 300
const establishedAgeMs = days(180)

/**
 * Among the largest by market cap, and traded on a chain for half a year or more by every source that tells: many people have had time and
 * cause to look at it. A rank alone is bought in a day.
 */
export function isEstablished(evidence: SafetyEvidence): boolean {
  const { marketCapRank } = evidence.token
  const age = lowest(figuresTold(evidence, 'poolAgeMs'))
  return marketCapRank !== null && marketCapRank <= establishedRank && age !== null && age >= establishedAgeMs
}
