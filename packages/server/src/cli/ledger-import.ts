import { createReadStream, existsSync } from 'node:fs'
import { Failure } from '@pumpiq/domain'
import { createDb, type Db } from '../db/db.ts'
import { openLedgerFile, type LedgerFile } from '../ledger/file.ts'
import { importLedger } from '../ledger/import.ts'
import { reconcile } from '../ledger/reconcile.ts'
import { homeOf } from '../outside.ts'
import { openHome, type HomeLabel } from '../platform/home.ts'
import { createLog } from '../platform/log.ts'
import { createRestoredRecord } from '../performance/restore.ts'
import { createRecommendations } from '../recommendations/store.ts'
import { flag, readArgs } from './args.ts'
import type { CliOutside, Command } from './command.ts'

const spec = { demo: flag(), json: flag() }

export const ledgerImport: Command = {
  name: 'ledger-import',
  summary: 'take an export of a ledger into an installation that has none, with the recommendations it holds',
  usage: `pumpiq ledger-import FILE [--demo] [--json]

  FILE           an export (JSON lines); verified first, then taken whole or not at all
  --demo         it comes from the simulated market and goes into its data folder
  --json         one JSON document instead of text
`,
  async run(args, outside) {
    const { values, positionals } = readArgs(args, spec, { min: 1, max: 1, what: 'FILE' })
    const path = positionals[0]!
    if (!existsSync(path)) throw new Failure('invalid', `${JSON.stringify(path)}: there is no such file`)
    const { count, head } = await withLedger(values.demo ? 'simulated' : 'live', outside, (db, file) => {
      const restored = createRestoredRecord(createRecommendations({ db }))
      return importLedger({ db, file, restored }, () => createReadStream(path))
    })
    const sentence = head
      ? `${count} records taken, the last is ${head.seq}:${head.hash}\n`
      : 'the export holds no record\n'
    await outside.stdout(values.json ? `${JSON.stringify({ count, head })}\n` : sentence)
    return 0
  },
}

type Work<T> = (db: Db, file: LedgerFile | null) => Promise<T>

/** Opens the database and, embedded, folder and file, reconciled as at every start; closes what it opened. */
async function withLedger<T>(label: HomeLabel, { config, clock }: CliOutside, work: Work<T>): Promise<T> {
  const log = createLog({ level: 'warn' })
  const opened: (() => void | Promise<void>)[] = []
  try {
    if (config.databaseUrl) {
      const db = await createDb({ url: config.databaseUrl, label, log })
      opened.push(() => db.destroy())
      return await work(db, null)
    }
    const home = await openHome({ dir: homeOf(config, label), label, clock })
    opened.push(() => home.release())
    const db = await createDb({ home, log })
    opened.push(() => db.destroy())
    const file = await openLedgerFile({ path: home.path('ledger.jsonl'), log })
    opened.push(() => file.close())
    await reconcile({ db, file, log, restored: createRestoredRecord(createRecommendations({ db })) })
    return await work(db, file)
  } finally {
    for (const close of opened.toReversed()) await close()
  }
}
