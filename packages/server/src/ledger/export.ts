import type { Db } from '../db/db.ts'
import { headOf, rowsFrom } from './rows.ts'
import { lineOf } from './seal.ts'

/** The ledger as it is when this begins, line by line, each with its line feed. What is appended meanwhile is left out. */
export async function* exportLines(db: Db): AsyncGenerator<string> {
  const head = await headOf(db)
  if (!head) return
  for await (const record of rowsFrom(db, 1, head.seq)) yield `${lineOf(record)}\n`
}
