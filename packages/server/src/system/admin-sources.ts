import { toIso } from '@pumpiq/domain'
import type { AdminSource, HandlersOf } from '@pumpiq/api'
import type { Refused } from './refused.ts'
import { sourceStates, type SourceCard } from './routes.ts'
import type { Measured } from './source-reports.ts'

/** A source with whether it needs a key and has one, and what it tells by itself. */
export type AdminCard = SourceCard & Readonly<Pick<AdminSource, 'key' | 'hasKey' | 'tells'>>

type Needs = {
  readonly cards: readonly AdminCard[]
  readonly measured: () => readonly Measured[]
  /** The newest answers of a source that were refused, newest first. */
  readonly refused: (source: string) => readonly Refused[]
}

/** Sources as all may see them, with what helps whoever mends a connector. */
export const createSourceRoute =
  ({ cards, measured, refused }: Needs): HandlersOf<'admin'>['sources'] =>
  () => {
    const states = sourceStates(cards, measured())
    return {
      items: cards.map(({ id, key, hasKey, tells }, i) => ({
        ...states[i]!,
        key,
        hasKey,
        tells: [...tells],
        refused: refused(id).map(({ at, ...answer }) => ({ at: toIso(at), ...answer })),
      })),
    }
  }
