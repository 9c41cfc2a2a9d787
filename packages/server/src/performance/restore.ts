import type { Tx } from '../db/db.ts'
import type { Sealed } from '../ledger/seal.ts'
import { createRestored } from '../recommendations/record.ts'
import type { Recommendations } from '../recommendations/store.ts'
import { restoreOutcome } from './outcomes.ts'

/** Puts back whatever rows the database lost of a record of any kind: what is sealed is enough to make them. */
export function createRestoredRecord(recommendations: Recommendations) {
  const restoreAdvice = createRestored(recommendations)
  return async (tx: Tx, sealed: Sealed): Promise<void> => {
    await restoreAdvice(tx, sealed)
    await restoreOutcome(tx, sealed)
  }
}
