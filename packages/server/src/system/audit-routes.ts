import { z } from 'zod'
import { decodeCursor, encodeCursor, type HandlersOf } from '@pumpiq/api'
import type { AuditLog } from './audit.ts'

const Position = z.object({ id: z.int().positive() })

export const createAuditRoute =
  ({ auditLog }: { auditLog: Pick<AuditLog, 'list'> }): HandlersOf<'admin'>['audit'] =>
  async ({ query: { user, operation, target, outcome, from, to, cursor, limit } }) => {
    const all = await auditLog.list({
      userId: user ?? null,
      operation: operation ?? null,
      target: target ?? null,
      outcome: outcome ?? null,
      from: from ?? null,
      to: to ?? null,
      before: cursor === undefined ? null : decodeCursor(Position, cursor).id,
      limit: limit + 1,
    })
    const items = all.slice(0, limit)
    const last = all.length > limit ? items.at(-1) : undefined
    return { items, next: last ? encodeCursor({ id: last.id }) : null }
  }
