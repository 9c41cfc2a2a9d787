import { isFailure } from '@pumpiq/domain'
import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../packages/server/src/db/db.ts'
import type { Cluster } from './cluster.ts'
import { none, told, type Figure } from './report.ts'
import { oneOf } from './seeded.ts'

const wanted = ['BTC', 'ETH', 'SOL', 'XRP'] as const
const timeframes = ['SCALP', 'DAY_TRADE', 'SWING'] as const

/** Users who ask for advice again and again, whatever happens to the processes; says how often each answer came. */
export function keepAsking(cluster: Pick<Cluster, 'client'>, random: () => number, everyMs: number, users = 3) {
  const ending = new AbortController()
  const answers = new Map<string, number>()
  const count = (answer: string) => void answers.set(answer, (answers.get(answer) ?? 0) + 1)

  async function ask(): Promise<void> {
    try {
      const client = await cluster.client()
      await client.recommendations.create({
        body: { token: oneOf(random, wanted), timeframe: oneOf(random, timeframes), maxAgeMs: 0 },
      })
      count('answered')
    } catch (thrown) {
      count(isFailure(thrown) ? thrown.code : 'no answer')
    }
  }

  async function go(): Promise<void> {
    while (!ending.signal.aborted) {
      await Promise.race([ask(), sleep(20_000)])
      await sleep(everyMs)
    }
  }
  const going = Promise.all(Array.from({ length: users }, go))
  return {
    answers: (): string => Array.from(answers, ([answer, n]) => `${answer} ${n}`).join(', '),
    count: (answer: string): number => answers.get(answer) ?? 0,
    async stop(): Promise<void> {
      ending.abort()
      await going
    },
  }
}

type Row = { n: number; waiting: number; done: number; failed: number; strange: number }

/** Of users, and of the house too where `house` says so. */
const rowOf = async (db: Db, house: boolean): Promise<Row> =>
  (
    await sql<Row>`select count(*)::int as n,
      count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'failed')::int as failed,
      count(*) filter (where state = 'failed' and failure is null)::int as strange from ask where ${house}::boolean or not house`.execute(
      db,
    )
  ).rows[0]!

export const isAllAnswered = async (db: Db, house = true): Promise<boolean> => (await rowOf(db, house)).waiting === 0

/** Every question has one end: an answer that is recorded, or a reason. */
export async function auditAsks(db: Db, house = true): Promise<Figure[]> {
  const { n, waiting, done, failed, strange } = await rowOf(db, house)
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from recommendations r where r.user_id <> 'house' and not r.house
      and not exists (select from ask where recommendation_id = r.id)`.execute(db)
  return [
    none('questions lost: neither answered nor given up with a reason', waiting + strange),
    none('answers that nobody asked for', rows[0]!.n),
    told('questions', n),
    told('answered', done),
    told('given up with a reason', failed),
  ]
}
