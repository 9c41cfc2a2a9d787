import { cryptotradeTable } from './cryptotrade-table.ts'
import { runCryptotrade } from './cryptotrade.ts'

/** A judgement of quality on data in a folder: the rows for `--json`, the table for people. */
export type Bench = {
  readonly name: string
  readonly summary: string
  run(dir: string): Promise<{ readonly rows: readonly unknown[]; readonly table: string }>
}

const cryptotrade: Bench = {
  name: 'cryptotrade',
  summary: 'the daily game of CryptoTrade (EMNLP 2024): its rules, ours and our engine on the same windows',
  async run(dir) {
    const rows = await runCryptotrade(dir)
    return { rows, table: cryptotradeTable(rows) }
  },
}

export const benches: readonly Bench[] = [cryptotrade]
