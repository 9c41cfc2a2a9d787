import { kinds, type Kind } from '@pumpiq/domain'
import type { SourceHealth } from '@pumpiq/api'
import { instant, plural, relative, span } from './show.ts'

/** `off` is not asked at all; `unknown` has not been asked yet. */
export type SourceStanding = SourceHealth['state'] | 'off'

export const standingOf = ({ off, state }: SourceHealth): SourceStanding => (off === null ? state : 'off')

const counted: readonly (readonly [SourceStanding, string])[] = [
  ['up', 'answering'],
  ['down', 'down'],
  ['unknown', 'not asked yet'],
  ['off', 'off'],
]

/** "12 answering, 1 down, 3 off": those of which there is none are left out. */
export const sourceCounts = (sources: readonly SourceHealth[]): string =>
  counted
    .map(([standing, text]) => [sources.filter((source) => standingOf(source) === standing).length, text] as const)
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${count} ${text}`)
    .join(', ')

/** By kind; last those that tell which tokens there are. One that speaks for two kinds stands in both. */
export function sourceGroups(
  sources: readonly SourceHealth[],
): { kind: Kind | null; sources: readonly SourceHealth[] }[] {
  const groups = [
    ...kinds.map((kind) => ({ kind, sources: sources.filter((source) => source.kinds.includes(kind)) })),
    { kind: null, sources: sources.filter((source) => source.kinds.length === 0) },
  ]
  return groups.filter((group) => group.sources.length > 0)
}

/** Whether it answers, since when or why not. */
export function standingSentence(source: SourceHealth, now: number): string {
  const { off, lastFailureAt, lastFailure, lastSuccessAt } = source
  const standing = standingOf(source)
  if (standing === 'off') return `off: ${off}`
  if (standing === 'unknown') return 'not asked yet'
  if (standing === 'up')
    return lastFailureAt === null
      ? 'answering, no failure since the start'
      : `answering since ${instant(lastFailureAt)}`
  const last = lastSuccessAt === null ? 'never answered' : `last answered ${relative(Date.parse(lastSuccessAt), now)}`
  return `down: ${lastFailure ?? 'its breaker is open'}; ${last}`
}

export type SourceNote = { readonly text: string; readonly isBad: boolean }

/** What else must be known of it: a wait it asked for, its line, answers in another shape. */
export function sourceNotes({ heldUntil, line, drift }: SourceHealth, now: number): SourceNote[] {
  const bad = (text: string): SourceNote => ({ text, isBad: true })
  return [
    ...(heldUntil !== null && Date.parse(heldUntil) > now ? [bad(`asked us to wait until ${instant(heldUntil)}`)] : []),
    ...(line === null ? [] : [{ text: lineSentence(line, now), isBad: !line.connected }]),
    ...(drift > 0 ? [bad(`${plural(drift, 'answer')} not in the documented shape`)] : []),
  ]
}

function lineSentence({ connected, since, watched, problem }: NonNullable<SourceHealth['line']>, now: number): string {
  const length = span(now - Date.parse(since))
  if (connected) return `its line of ${plural(watched, 'symbol')} is open for ${length}`
  return `its line is down for ${length}${problem === null ? '' : `: ${problem}`}`
}

const windows: Readonly<Record<number, string>> = {
  1_000: 'this second',
  60_000: 'this minute',
  3_600_000: 'this hour',
  86_400_000: 'today',
  2_592_000_000: 'this month',
}

/** "37 of 60 left this minute". */
export const quotaText = ({ calls, perMs, left }: NonNullable<SourceHealth['quota']>): string =>
  `${Math.floor(left).toLocaleString('en')} of ${calls.toLocaleString('en')} left ${windows[perMs] ?? `in ${span(perMs)}`}`

/** The variable that a source's key stands in. */
export const keyNameOf = (id: string): string => `${id.toUpperCase().replaceAll('-', '_')}_API_KEY`
