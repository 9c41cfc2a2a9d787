import { existsSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { PGliteDialect, type Dialect } from 'kysely'
import { Failure } from '@pumpiq/domain'
import { systemBreath, type Breath } from '../platform/breath.ts'
import type { Home } from '../platform/home.ts'
import { int8, oid } from './parsers.ts'
import { freeBytes, guardRoom, refuseWithoutRoom } from './room.ts'

/** Where the embedded database lies in the data folder. */
export const pgliteFolder = 'db'

/**
 * The embedded database of a data folder. It takes an opened `Home`, hence its lock: two processes on one folder would both commit, and
 * one of them would lose what it was told is safe.
 */
export async function openPglite(home: Home): Promise<PGlite> {
  const dir = home.path(pgliteFolder)
  refuseWithoutRoom(home.dir, !existsSync(dir))
  try {
    return letTurn(
      guardRoom(await PGlite.create(dir, pgliteOptions), () => freeBytes(home.dir)),
      systemBreath,
    )
  } catch (error) {
    throw new Failure(
      'broken',
      `the embedded database in ${dir} does not open; the ledger is safe in ledger.jsonl beside it`,
      { cause: error },
    )
  }
}

/**
 * Its answers are there at once, so that statements follow one another, whoever asks them, without a turn of the event loop: a job of many
 * would hold up everybody. Between two messages of the protocol, hence inside of its queue and of transactions too, the loop is let go.
 */
export function letTurn(pglite: PGlite, breathe: Breath): PGlite {
  const send = pglite.execProtocolStream.bind(pglite)
  pglite.execProtocolStream = async (...message) => {
    const turned = breathe()
    if (turned) await turned
    return send(...message)
  }
  return pglite
}

/** The engine itself, for whoever measures it. */
export { PGlite } from '@electric-sql/pglite'

export const pgliteOptions = { parsers: { [oid.int8]: int8 } }

export const pgliteDialectOver = (pglite: PGlite): Dialect => new PGliteDialect({ pglite })
