import type { Quarantined } from '../network/ask.ts'

/** An answer that was refused, as it is shown: when it came (epoch ms), what was asked, why, and how it begins. */
export type Refused = { readonly at: number; readonly asked: string; readonly issue: string; readonly body: string }

const kept = 3
const charactersAtMost = 500

/** The newest of them, as plain text of one line each. */
export const refusedOf = (quarantined: readonly Quarantined[]): Refused[] =>
  newestOf(
    quarantined.map(({ at, url, issue, body }) => ({ at, asked: plain(url), issue: plain(issue), body: plain(body) })),
  )

export const newestOf = (refused: readonly Refused[]): Refused[] =>
  refused.toSorted((a, b) => b.at - a.at).slice(0, kept)

/** Words of others: what moves a cursor, turns the direction or cannot be seen is not shown, and no database refuses what is left. */
const plain = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, charactersAtMost)
    .toWellFormed()
