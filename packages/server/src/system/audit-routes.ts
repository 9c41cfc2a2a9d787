import { z } from 'zod'
import { decodeCursor, encodeCursor, type HandlersOf } from '@pumpiq/api'
import type { AuditLog } from './audit.ts'

const Position = z.object({ id: z.int().positive() })

export const createAdminRoutes = ({ auditLog }: { auditLog: Pick<AuditLog, 'list'> }): HandlersOf<'admin'> => ({
  async audit({ query: { user, operation, cursor, limit } }) {
    const before = cursor === undefined ? null : decodeCursor(Position, cursor).id
    const wanted = { userId: user ?? null, operation: operation ?? null, before, limit: limit + 1 }
    const all = await auditLog.list(wanted)
    const items = all.slice(0, limit)
    const last = all.length > limit ? items.at(-1) : undefined
    return { items, next: last ? encodeCursor({ id: last.id }) : null }
  },
})
