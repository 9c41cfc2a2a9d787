import { z } from 'zod'
import { endpoint } from '../endpoint.ts'

const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'a hash is 64 lower-case hex digits')

/** `hash` is SHA-256 of `prevHash`, a newline and the RFC 8785 canonical JSON of `body`, which is null where it is withheld. */
export const LedgerRecord = z.object({
  seq: z.int().positive(),
  prevHash: Hash,
  hash: Hash,
  body: z
    .unknown()
    .nullable()
    .describe('Null: this record is personal, and not yours. Its place in the chain is told.'),
})
export type LedgerRecord = z.output<typeof LedgerRecord>

/** `seq` 0 and 64 zeros while the ledger is empty. */
export const LedgerHead = z.object({ seq: z.int().nonnegative(), hash: Hash })
export type LedgerHead = z.output<typeof LedgerHead>

export const ledger = {
  head: endpoint({
    method: 'GET',
    path: '/ledger/head',
    access: 'public',
    summary:
      'The newest record of the chain: write its hash down elsewhere, and nothing before it can be changed unnoticed.',
    reply: LedgerHead,
  }),
  export: endpoint({
    method: 'GET',
    path: '/ledger/export',
    access: 'public',
    summary:
      'The whole chain as JSON lines, to be verified offline. Of calls that are neither of the house nor your own the body is null; an administrator is given all.',
    reply: LedgerRecord,
    lines: { contentType: 'application/x-ndjson; charset=utf-8' },
    timeoutMs: 600_000,
  }),
}
