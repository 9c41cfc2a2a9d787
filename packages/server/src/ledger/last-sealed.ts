import type { Ledger } from './ledger.ts'

/** Inputs, which bear no time, stand before what was decided from them: three at the most. */
const inputsAtMost = 3

/** How long the chain is, and when (epoch ms) its last call or outcome was sealed; null while there is none. */
export async function lastSealed(ledger: Ledger): Promise<{ seq: number; at: number | null }> {
  const head = await ledger.head()
  if (!head) return { seq: 0, at: null }
  for (let seq = head.seq; seq >= Math.max(1, head.seq - inputsAtMost); seq--) {
    const [sealed] = await ledger.read(seq, 1)
    const body = JSON.parse(sealed?.body ?? '{}') as { issuedAt?: unknown; recordedAt?: unknown }
    const at = body.recordedAt ?? body.issuedAt
    if (typeof at === 'string') return { seq: head.seq, at: Date.parse(at) }
  }
  return { seq: head.seq, at: null }
}
