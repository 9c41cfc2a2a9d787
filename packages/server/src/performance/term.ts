import { Failure, seconds } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import { dropLease, fence, takeLease, type Lease } from '../db/lease.ts'
import type { Clock } from '../platform/clock.ts'

/** Who is alive keeps it by renewing it four times as often; who is not loses it within this. */
const leaseMs = seconds(10)

/** The right to write for a while. `write` runs a transaction that is refused (conflict) once another process has taken over. */
export type Term = { readonly lease: Lease; write(work: (tx: Tx) => Promise<void>): Promise<void> }

type Needs = {
  db: Db
  clock: Pick<Clock, 'monotonic' | 'every'>
  /** A name that no other living process has. */
  holder: string
  /** The right has changed hands: what was remembered may be old. `held`: it is ours now. */
  changed(held: boolean): void
  /** Ms; the renewing and looking go with it. Ten seconds unless said. */
  forMs?: number
}

/** Keeps the tracker's lease while this process can; `take` is called often and asks the database seldom. */
export function createTerms({ db, clock, holder, changed, forMs = leaseMs }: Needs) {
  let lease: Lease | null = null
  let askedAt = -Infinity
  let asking: Promise<void> | null = null
  let timer: { stop(): void } | null = null

  const age = () => clock.monotonic() - askedAt

  async function askNow(): Promise<void> {
    // What the database grants runs from when it was asked at the earliest.
    const at = clock.monotonic()
    const taken = await takeLease(db, { name: 'tracker', holder, forMs })
    const isNew = taken?.epoch !== lease?.epoch
    lease = taken
    askedAt = at
    if (isNew) changed(taken !== null)
  }

  const ask = (): Promise<void> => (asking ??= askNow().finally(() => (asking = null)))

  /** A holder renews in good time however long its work takes; who waits looks more often. */
  async function tick(): Promise<void> {
    if (age() >= (lease ? forMs / 4 : forMs / 10)) await ask()
  }

  async function write(held: Lease, work: (tx: Tx) => Promise<void>): Promise<void> {
    // Who could not renew stops writing by itself, not only when it is refused.
    if (age() > forMs) await ask()
    if (lease?.epoch !== held.epoch) {
      throw new Failure('conflict', `the lease ${held.name} of epoch ${held.epoch} has run out: nothing is written`)
    }
    await db.transaction().execute(async (tx) => {
      await fence(tx, held)
      await work(tx)
    })
  }

  return {
    /** Null while another process has it. */
    async take(): Promise<Term | null> {
      if (lease === null || age() > forMs / 4) await ask()
      const held = lease
      return held && { lease: held, write: (work) => write(held, work) }
    },
    /** From now on it is renewed, or looked for, by the clock; `failed` is told what went wrong with that. */
    start(failed: (thrown: unknown) => void): void {
      timer = clock.every(forMs / 20, () => tick().catch(failed))
    },
    /** Something was refused: the database is asked before the next write. */
    doubt: () => void (askedAt = -Infinity),
    /** Gives it back at once. */
    async drop(): Promise<void> {
      timer?.stop()
      await asking?.catch(() => {})
      if (lease) await dropLease(db, lease)
      lease = null
    },
  }
}
