import { PostgresDialect, type Dialect } from 'kysely'
import pg from 'pg'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { int8, oid } from './parsers.ts'

type Parse = (text: string) => unknown

// So that both databases answer alike: int8 a number, numeric[] strings as numeric is, interval text.
const textArray = pg.types.getTypeParser(oid.textArray as never) as Parse
const ours: Record<number, Parse> = { [oid.int8]: int8, [oid.interval]: String, [oid.numericArray]: textArray }

const types = {
  getTypeParser: ((id: number, format?: 'text') =>
    ours[id] ?? pg.types.getTypeParser(id, format)) as typeof pg.types.getTypeParser,
}

export function postgresDialect(url: Secret, log: Log): Dialect {
  const pool = new pg.Pool({ connectionString: url.reveal(), max: 8, types })
  // A connection that dies while idle ends the process unless somebody listens; the next query gets a new one.
  pool.on('error', (error) => log.warn('an idle database connection was lost', { error }))
  return new PostgresDialect({ pool })
}
