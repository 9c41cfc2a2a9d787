import { refusal, type Anybody, type HandlersOf, type LedgerHead } from '@pumpiq/api'
import type { Ledger } from './ledger.ts'
import { firstPrevHash } from './seal.ts'

/** The end of the chain as it is told; 0 and 64 zeros while it is empty. */
export async function toldHead(ledger: Ledger): Promise<LedgerHead> {
  const head = await ledger.head()
  return head ? { seq: head.seq, hash: head.hash } : { seq: 0, hash: firstPrevHash }
}

export function createLedgerRoutes({ ledger }: { ledger: Ledger }): HandlersOf<'ledger'> {
  return {
    head: () => toldHead(ledger),
    async *export({ caller }) {
      const lines = seesAll(caller) ? ledger.exportLines() : ledger.exportShown(caller.userId)
      for await (const line of lines) yield line.trimEnd()
    },
  }
}

/** An administrator, or who sits at the machine; not by a key that is not good for an administrator's work. */
const seesAll = (caller: Anybody): boolean => refusal({ access: 'admin', method: 'GET' }, caller) === null
