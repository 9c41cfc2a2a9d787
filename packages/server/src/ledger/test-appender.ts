import { systemClock } from '../platform/clock.ts'
import { openHome } from '../platform/home.ts'
import { createLog } from '../platform/log.ts'
import { createDb } from '../db/db.ts'
import { sha256Hex } from '../platform/hash.ts'
import { openLedger } from './ledger.ts'

/**
 * Appends to the ledger of a data folder until it is killed, and says the number of each record only once it was acknowledged: what the
 * test of kill -9 starts. With each record one row of inputs is written.
 */
export async function appendUntilKilled(dir: string, say: (line: string) => void): Promise<void> {
  const log = createLog({ level: 'error' })
  const home = await openHome({ dir, label: 'live', clock: systemClock })
  const db = await createDb({ home, log })
  const ledger = await openLedger({
    db,
    path: home.path('ledger.jsonl'),
    log,
    restored: async (tx, { body }) =>
      void (await tx
        .insertInto('inputs')
        .values({ hash: sha256Hex(body), body })
        .execute()),
  })
  for (;;) {
    const head = await ledger.head()
    const { seq } = await ledger.append(
      { n: (head?.seq ?? 0) + 1, text: 'Ünïcödé 🚀 '.repeat(20) },
      async (tx, { body }) => {
        await tx
          .insertInto('inputs')
          .values({ hash: sha256Hex(body), body })
          .execute()
      },
    )
    say(`${seq}\n`)
  }
}
