import { z } from 'zod'
import { IsoInstant } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { page, paging } from '../page.ts'

/** Who did what to whom, and how it ended. Bodies and secrets are not in it. */
export const AuditEntry = z.object({
  /** Later entries have a larger one. */
  id: z.int().positive(),
  at: IsoInstant,
  /** Null: nobody had signed in. */
  userId: z.string().nullable(),
  via: z.string(),
  address: z.string().nullable(),
  /** `resource.verb`, or the name of what was done. */
  operation: z.string(),
  target: z.string().nullable(),
  requestId: z.string().nullable(),
  /** As HTTP has it: below 400 it was done, from 400 on it was refused or failed. */
  status: z.int(),
  note: z.string().nullable(),
})
export type AuditEntry = z.output<typeof AuditEntry>

const word = z.string().min(1).max(200).regex(/^[\w.:@-]+$/, 'must be letters, digits and . : @ - _')

export const admin = {
  audit: endpoint({
    method: 'GET',
    path: '/admin/audit',
    access: 'admin',
    summary: 'What was done to accounts, and by admins, newest first; each entry stays as it was written.',
    query: z.strictObject({ user: word.optional(), operation: word.optional(), ...paging(100, 50) }),
    reply: page(AuditEntry),
  }),
}
