import { Failure, isFailure, type FailureCode } from '@pumpiq/domain'

/**
 * What became of something that was not answered. `refused`: we or the receiver will never send it as it is. `gone`: there is no such
 * receiver any more. `unreached`: nothing of it left. `unknown`: it was on its way, and whether it arrived nobody knows.
 */
const fates = {
  refused: 'invalid',
  gone: 'notFound',
  unreached: 'unavailable',
  unknown: 'unavailable',
} as const satisfies Record<string, FailureCode>
export type Fate = keyof typeof fates

/** The sentence is ours and names hosts at most: paths, queries and the words of receivers may hold secrets. */
export const postFailure = (fate: Fate, sentence: string): Failure =>
  new Failure(fates[fate], sentence, { cause: { fate } })

/** The fate of what `post` or `mail` threw; null of anything else. */
export function fateOf(thrown: unknown): Fate | null {
  const fate = isFailure(thrown) ? (thrown.cause as { fate?: unknown } | undefined)?.fate : undefined
  return typeof fate === 'string' && fate in fates ? (fate as Fate) : null
}
