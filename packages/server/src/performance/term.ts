import { minutes } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import { dropLease, fence, takeLease, type Lease } from '../db/lease.ts'
import type { Clock } from '../platform/clock.ts'

/** Longer than a round's pause: who is alive keeps it, who is not loses it within a round and a half. */
const leaseMs = minutes(1.5)

/** The right to write for a while. `write` runs a transaction that is refused (conflict) once another process has taken over. */
export type Term = { readonly lease: Lease; write(work: (tx: Tx) => Promise<void>): Promise<void> }

type Needs = {
  db: Db
  clock: Pick<Clock, 'monotonic'>
  /** A name that no other living process has. */
  holder: string
  /** The right has changed hands: what was remembered may be old. */
  changed(): void
}

/** Keeps the tracker's lease while this process can; `take` is called often and asks the database seldom. */
export function createTerms({ db, clock, holder, changed }: Needs) {
  let lease: Lease | null = null
  let takenAt = -Infinity

  return {
    /** Null while another process has it. */
    async take(): Promise<Term | null> {
      if (lease === null || clock.monotonic() - takenAt > leaseMs / 4) {
        const taken = await takeLease(db, { name: 'tracker', holder, forMs: leaseMs })
        if (taken?.epoch !== lease?.epoch) changed()
        lease = taken
        takenAt = clock.monotonic()
      }
      const held = lease
      if (!held) return null
      const write = (work: (tx: Tx) => Promise<void>) =>
        db.transaction().execute(async (tx) => {
          await fence(tx, held)
          await work(tx)
        })
      return { lease: held, write }
    },
    /** Something was refused: the database is asked before the next write. */
    doubt: () => void (takenAt = -Infinity),
    async drop(): Promise<void> {
      if (lease) await dropLease(db, lease)
    },
  }
}
