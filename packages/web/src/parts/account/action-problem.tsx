import type { Action } from '../../data/action.ts'
import { Note } from '../kit/note.tsx'

/** Why what was done did not come about, next to where it was done. */
export const ActionProblem = ({ action: { problem } }: { action: Pick<Action<never>, 'problem'> }) =>
  problem === null ? null : <Note tone="bad">{sentence(problem)}</Note>

/** Failures are told as parts of a sentence. */
export const sentence = (told: string): string => {
  const begun = told.charAt(0).toUpperCase() + told.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}
