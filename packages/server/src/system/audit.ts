import { toIso } from '@pumpiq/domain'
import type { AuditEntry } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Audit } from '../http/audited.ts'
import type { Clock } from '../platform/clock.ts'

export type AuditLog = ReturnType<typeof createAuditLog>

type Wanted = {
  readonly userId: string | null
  readonly operation: string | null
  /** Only entries before this one. */
  readonly before: number | null
  readonly limit: number
}

/** Who did what to accounts, and to the installation as an admin. It is only added to. */
export function createAuditLog({ db, clock }: { db: Db; clock: Pick<Clock, 'now'> }) {
  const write: Audit = async ({ note = null, ...event }) => {
    await db
      .insertInto('auditLog')
      .values({ at: toIso(clock.now()), note, ...event })
      .execute()
  }

  return {
    write,
    /** Newest first. */
    async list({ userId, operation, before, limit }: Wanted): Promise<AuditEntry[]> {
      let query = db.selectFrom('auditLog').selectAll().orderBy('id', 'desc').limit(limit)
      if (userId !== null) query = query.where('userId', '=', userId)
      if (operation !== null) query = query.where('operation', '=', operation)
      if (before !== null) query = query.where('id', '<', before)
      const rows = await query.execute()
      return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() as AuditEntry['at'] }))
    },
    /** Drops what may go: the database keeps what is younger than 400 days, whoever asks. */
    async forget(): Promise<void> {
      const oldest = toIso(clock.now() - keptDays * 86_400_000)
      await db
        .deleteFrom('auditLog')
        .where('at', '<', oldest as never)
        .execute()
    },
  }
}

/** A day more than the database insists on, whose clock may be another one. */
const keptDays = 401
