import { clamp } from '../words/numbers.ts'
import { days } from '../words/time.ts'

/** What a network tells of an account; null where it tells nothing, which speaks neither for nor against a bot. */
export type AuthorProfile = {
  readonly handle: string | null
  /** Since the account was made. */
  readonly ageMs: number | null
  readonly followers: number | null
  /** How many it follows. */
  readonly friends: number | null
  readonly listed: number | null
  /** Posts of others that it liked. */
  readonly favourites: number | null
  readonly statuses: number | null
  readonly isVerified: boolean | null
  readonly hasBanner: boolean | null
  readonly hasUrl: boolean | null
  readonly hasDefaultProfile: boolean | null
  readonly hasDefaultImage: boolean | null
  readonly descriptionWords: number | null
}

/** Log-odds of a hint: `yes` when it holds, `no` when it does not. */
type Hint = { readonly yes: number; readonly no: number; holds(profile: AuthorProfile): boolean | null }

const ratio = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a / Math.max(1, b)
const isBelow = (value: number | null, limit: number): boolean | null => (value === null ? null : value < limit)
const isAbove = (value: number | null, limit: number): boolean | null => (value === null ? null : value > limit)
const perDay = ({ statuses, ageMs }: AuthorProfile): number | null =>
  statuses === null || ageMs === null ? null : statuses / Math.max(1, ageMs / days(1))

/**
 * What the literature says of automated accounts (Chu 2012; Cresci 2015 and 2018; Yang 2020, on profiles alone): they are young, bare and
 * numbered, little connected, follow many more than they are followed by, and post a lot. Weights are judgements in
 * steps of 0.1, set by hand.
 */
const hints: readonly Hint[] = [
  { yes: 0.7, no: -0.1, holds: ({ ageMs }) => isBelow(ageMs, days(90)) },
  { yes: 0.4, no: -0.4, holds: ({ ageMs }) => isBelow(ageMs, days(730)) },
  { yes: 1, no: 0, holds: ({ hasDefaultImage }) => hasDefaultImage },
  { yes: 0.3, no: -0.4, holds: ({ hasDefaultProfile }) => hasDefaultProfile },
  { yes: 0.4, no: -0.4, holds: ({ hasBanner }) => (hasBanner === null ? null : !hasBanner) },
  { yes: 0.1, no: -0.5, holds: ({ hasUrl }) => (hasUrl === null ? null : !hasUrl) },
  { yes: 0.3, no: -0.1, holds: ({ descriptionWords }) => isBelow(descriptionWords, 1) },
  { yes: 0.3, no: -0.3, holds: ({ descriptionWords }) => isBelow(descriptionWords, 6) },
  { yes: 0.5, no: -0.1, holds: ({ handle }) => (handle === null ? null : /\d/.test(handle)) },
  { yes: 0.4, no: 0, holds: ({ handle }) => (handle === null ? null : /\d{4,}$/.test(handle)) },
  { yes: 0, no: -0.6, holds: ({ listed }) => isBelow(listed, 10) },
  { yes: 0.4, no: -0.3, holds: ({ listed }) => isBelow(listed, 2) },
  { yes: 0.6, no: -0.2, holds: ({ followers }) => isBelow(followers, 30) },
  { yes: 0.6, no: -0.4, holds: ({ followers }) => isBelow(followers, 100) },
  { yes: 0.5, no: -0.6, holds: ({ followers }) => isBelow(followers, 300) },
  { yes: 0.4, no: -0.6, holds: ({ followers }) => isBelow(followers, 1000) },
  { yes: 0.4, no: 0, holds: ({ followers, friends }) => isBelow(ratio(followers, friends), 0.05) },
  { yes: 0.3, no: -0.1, holds: ({ favourites }) => isBelow(favourites, 20) },
  { yes: 0.3, no: -0.2, holds: ({ friends }) => isBelow(friends, 50) },
  { yes: 0.2, no: -0.3, holds: ({ friends }) => isBelow(friends, 200) },
  { yes: 0.4, no: -0.1, holds: (profile) => isAbove(perDay(profile), 50) },
  { yes: 0.4, no: 0, holds: ({ statuses }) => isBelow(statuses, 10) },
  { yes: -3, no: 0, holds: ({ isVerified }) => isVerified },
]

/** How likely an account is a machine's, 0..1, by its profile alone; 0.5 when nothing is known of it. */
export function botScore(profile: AuthorProfile): number {
  let odds = 0
  for (const { yes, no, holds } of hints) {
    const held = holds(profile)
    if (held !== null) odds += held ? yes : no
  }
  return clamp(1 / (1 + Math.exp(-odds)), 0, 1)
}
