import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { createDb, dbOver } from '../../packages/server/src/db/db.ts'
import { migrate } from '../../packages/server/src/db/migrate.ts'
import { pgliteDialectOver, pgliteOptions } from '../../packages/server/src/db/pglite.ts'
import { createDatabase } from '../../packages/server/src/db/test-postgres.ts'
import { silentLog } from '../../packages/server/src/platform/log.ts'
import { median } from '../harness.ts'
import { bare } from './storage/bare.ts'
import { ours } from './storage/ours.ts'
import { batches, type Contender } from './storage/rows.ts'

/**
 * Both contenders in one process, each on a database of its own, taking turns at every statement, so that whatever else the machine does
 * slows both: `storage.ts postgres|pglite TOKENS MINUTES`. Prints wall time in ms, and what was read, so that results can be compared.
 */
type Opened = { contender: Contender; drop(): Promise<void> }

async function onPostgres(peer: string, perToken: number): Promise<Opened> {
  const { url, drop } = await createDatabase()
  const db = await createDb({ url, label: 'live', log: silentLog })
  if (peer === 'ours') return { contender: ours(db, perToken), drop }
  await db.destroy()
  const client = new pg.Client({ connectionString: url.reveal() })
  await client.connect()
  return {
    contender: bare(
      (text, values) => client.query(text, values),
      () => client.end(),
    ),
    drop,
  }
}

async function onPglite(peer: string, perToken: number): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'pumpiq-bench-'))
  const drop = () => rm(folder, { recursive: true, force: true })
  const pglite = await PGlite.create(join(folder, 'db'), pgliteOptions)
  const db = dbOver(pgliteDialectOver(pglite))
  await migrate(db as never)
  const contender =
    peer === 'ours'
      ? ours(db, perToken)
      : bare(
          (text, values) => pglite.query(text, values),
          () => db.destroy(),
        )
  return { contender, drop }
}

const peers = ['ours', 'bare'] as const
type Times = Record<(typeof peers)[number], number[]>

/** `work` of every contender in turn, forth and back. */
async function inTurns(times: number, work: (contender: Contender, k: number) => Promise<unknown>): Promise<Times> {
  const found: Times = { ours: [], bare: [] }
  for (let k = 0; k < times; k++) {
    for (const peer of k % 2 === 0 ? peers : peers.toReversed()) {
      const start = performance.now()
      await work(opened[peer].contender, k)
      found[peer].push(performance.now() - start)
    }
  }
  return found
}

/** The first calls warm caches and compile. */
const medians = ({ ours: own, bare: theirs }: Times, warm = 5) => ({
  ours: median(own.slice(warm)),
  bare: median(theirs.slice(warm)),
})
const sums = ({ ours: own, bare: theirs }: Times) => ({ ours: sum(own), bare: sum(theirs) })
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

const [engine, many = '', per = ''] = process.argv.slice(2)
const tokens = Array.from({ length: Number(many) }, (_, k) => `bench:token${k}`)
const perToken = Number(per)
const open = engine === 'postgres' ? onPostgres : onPglite
const opened = { ours: await open('ours', perToken), bare: await open('bare', perToken) }
try {
  const pieces = batches(perToken)
  const tokenOf = (k: number): string => tokens[k % tokens.length]!
  const ingest = await inTurns(tokens.length * pieces.length, (contender, k) =>
    contender.put(tokens[Math.floor(k / pieces.length)]!, pieces[k % pieces.length]!),
  )
  const start = performance.now()
  await opened.ours.contender.rollUp()
  const rollUpMs = performance.now() - start
  const count = Math.min(500, perToken)
  const reads: Record<string, unknown> = {}
  for (const peer of peers) {
    const { contender } = opened[peer]
    reads[peer] = [await contender.latest(tokenOf(0), count), await contender.page(tokenOf(0), count)]
  }
  process.stdout.write(
    JSON.stringify({
      rows: tokens.length * perToken,
      ingest: sums(ingest),
      rollUpMs,
      latest: medians(await inTurns(205, (contender, k) => contender.latest(tokenOf(k), count))),
      page: medians(await inTurns(205, (contender, k) => contender.page(tokenOf(k), count))),
      hours: medians(await inTurns(25, (contender, k) => contender.hours(tokenOf(k)))),
      reads,
      hoursRead: [await opened.ours.contender.hours(tokenOf(0)), await opened.bare.contender.hours(tokenOf(0))],
    }),
  )
} finally {
  for (const peer of peers) {
    await opened[peer].contender.close()
    await opened[peer].drop()
  }
}
