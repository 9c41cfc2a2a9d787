import type { TextFlag } from '../words/claim.ts'

const promotedVote = 0.2

/** What a text's word counts by its flags, 0..1: nothing where it wants to deceive, little where it promotes. */
export const flagVote = (flags: readonly TextFlag[]): number =>
  flags.some((flag) => flag !== 'promo') ? 0 : flags.length > 0 ? promotedVote : 1
