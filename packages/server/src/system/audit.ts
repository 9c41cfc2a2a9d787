import { toIso } from '@pumpiq/domain'
import type { AuditEntry, AuditOutcome } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Audit } from '../http/audited.ts'
import type { Clock } from '../platform/clock.ts'

export type AuditLog = ReturnType<typeof createAuditLog>

type Wanted = {
  readonly userId: string | null
  readonly operation: string | null
  readonly target?: string | null
  readonly outcome?: AuditOutcome | null
  /** Instants, ISO 8601: the first included, the last not. */
  readonly from?: string | null
  readonly to?: string | null
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
    async list({ userId, operation, target, outcome, from, to, before, limit }: Wanted): Promise<AuditEntry[]> {
      let query = db.selectFrom('auditLog').selectAll().orderBy('id', 'desc').limit(limit)
      if (userId !== null) query = query.where('userId', '=', userId)
      if (operation !== null) query = query.where('operation', '=', operation)
      if (target != null) query = query.where('target', '=', target)
      if (outcome != null)
        query = query.where('status', '>=', statuses[outcome].from).where('status', '<', statuses[outcome].to)
      if (from != null) query = query.where('at', '>=', from as never)
      if (to != null) query = query.where('at', '<', to as never)
      if (before !== null) query = query.where('id', '<', before)
      const rows = await query.execute()
      return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
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

/** How it ended, as HTTP has it. */
const statuses: Readonly<Record<AuditOutcome, { readonly from: number; readonly to: number }>> = {
  done: { from: 100, to: 400 },
  refused: { from: 400, to: 500 },
  failed: { from: 500, to: 600 },
}

/** A day more than the database insists on, whose clock may be another one. */
const keptDays = 401
