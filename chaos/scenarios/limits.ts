import { tierLimits, type Tier } from '@pumpiq/domain'
import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { createFleet } from '../fleet.ts'
import { flood, statusOf, type Asker, type Flooded } from '../flood.ts'
import { openDb } from '../installation.ts'
import { createPostgres } from '../postgres.ts'
import { until } from '../processes.ts'
import { createRedis } from '../redis.ts'
import { atMost, none, told, type Figure, type Options, type Scenario } from '../report.ts'

const processes = 4
const overload = 10
const recoveredMs = 5_000
/** A flood that lasts longer could meet a second window. */
const windowMs = 60_000

export const limits: Scenario = {
  summary: `${processes} processes that serve the API, one PostgreSQL, one Redis, ${overload} times what is allowed; then Redis is stopped`,
  async run({ full, seed, say }: Options): Promise<readonly Figure[]> {
    const random = seededRandom(seed)
    const chosen: readonly Tier[] = full ? (Object.keys(tierLimits) as Tier[]) : ['free', 'basic']
    const installation = await open(say)
    const { urls, redis, fleet } = installation
    try {
      const people = createPeople(urls[0]!)
      const round = async () => [...(await Promise.all(chosen.map((tier) => people.ofTier(tier)))), people.ofAddress()]
      const all = async (after?: (n: number) => void) =>
        Promise.all(
          (await round()).map((asker) =>
            flood(urls, { asker, times: asker.perMinute * overload, random, ...(after && { after }) }),
          ),
        )
      const shared = await all()

      const killAfter = 10 + Math.floor(random() * 30)
      const kills: Promise<void>[] = []
      const cut = await all((n) => {
        if (n === killAfter && kills.length === 0) kills.push(redis.kill())
      })
      await Promise.all(kills)
      const away = await all()

      const startedAt = performance.now()
      await redis.start()
      await counting(urls, redis.port, people)
      const backMs = performance.now() - startedAt
      const more = await Promise.all(
        away.map(({ asker }) => flood(urls, { asker, times: asker.perMinute * processes, random })),
      )
      const again = await all()
      await fleet.stop()
      return [
        ...kept('with Redis', shared, 1.01),
        ...kept('Redis killed in the middle', cut, processes),
        ...kept('Redis away', away, processes),
        atMost(
          'from the start of Redis until all processes count together again',
          backMs / 1_000,
          recoveredMs / 1_000,
          's',
        ),
        none(
          'Redis back: more accepted of those who have had theirs',
          more.reduce((sum, { accepted }) => sum + accepted, 0),
        ),
        ...kept('Redis back', again, 1.01),
        none('processes that ended by themselves', fleet.unwanted()),
      ]
    } finally {
      await installation.close()
    }
  },
}

async function open(say: (sentence: string) => void) {
  const postgres = await createPostgres()
  const redis = await createRedis()
  await postgres.createDatabase('pumpiq')
  // Migrated before the processes come.
  await (await openDb(postgres.url('pumpiq'))).destroy()
  const secret = randomBytes(32).toString('base64url')
  const env = (life: string): Record<string, string> => ({
    DATABASE_URL: postgres.url('pumpiq', life),
    REDIS_URL: `redis://127.0.0.1:${redis.port}`,
    PUMPIQ_SECRET: secret,
    // Whoever has no account is counted by the address that this proxy tells; the harness itself is at the machine.
    TRUST_PROXY: '127.0.0.1',
    PUMPIQ_LOCAL_MODE: 'on',
  })
  const fleet = createFleet(
    Array.from({ length: processes }, (_, n) => ({ name: `api-${n + 1}`, roles: 'api', env })),
    say,
  )
  await fleet.start()
  return {
    redis,
    fleet,
    urls: await Promise.all(Array.from({ length: processes }, (_, n) => fleet.process(n).url())),
    async close(): Promise<void> {
      await fleet.killAll()
      await redis.close()
      await postgres.close()
    },
  }
}

/** Askers whose windows have not begun. */
function createPeople(url: string) {
  let count = 0
  async function post(path: string, body: object): Promise<Record<string, string>> {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, string>
  }
  return {
    /** One with an account and its key. */
    async ofTier(tier: Tier): Promise<Asker> {
      const { id } = await post('/admin/users', { name: `flood ${++count}`, tier })
      const { key } = await post(`/admin/users/${id}/api-keys`, { name: 'flood', scopes: ['read'] })
      return { name: tier, headers: { 'x-api-key': key! }, perMinute: tierLimits[tier].perMinute }
    },
    /** One without, who is his address. */
    ofAddress: (): Asker => ({
      name: 'an address',
      headers: { 'x-forwarded-for': `203.0.113.${++count}` },
      perMinute: tierLimits.free.perMinute,
    }),
  }
}

/** Until what each process counts stands in Redis. */
async function counting(urls: readonly string[], port: number, people: ReturnType<typeof createPeople>): Promise<void> {
  const redis = new Redis(port, '127.0.0.1')
  redis.on('error', () => {})
  try {
    const isCounted = async (url: string): Promise<boolean> => {
      const asker = people.ofAddress()
      await statusOf(url, asker)
      return (await redis.keys(`pumpiq:limit:*${asker.headers['x-forwarded-for']}}*`)).length > 0
    }
    const away = new Set(urls)
    await until('each process counts in Redis', 30_000, async () => {
      for (const url of away) if (await isCounted(url)) away.delete(url)
      return away.size === 0
    })
  } finally {
    redis.disconnect()
  }
}

/** Nobody has more than `most` times his limit, nobody less than it, and every request is answered. */
function kept(when: string, floods: readonly Flooded[], most: number): Figure[] {
  const sum = (of: (one: Flooded) => number) => floods.reduce((total, one) => total + of(one), 0)
  const longest = (of: (one: Flooded) => number) => Math.max(...floods.map(of))
  return [
    ...floods.map(({ asker: { name, perMinute }, accepted, refused }): Figure => {
      const wanted = Math.floor(perMinute * most)
      return {
        what: `${when}: accepted of ${name}, of ${accepted + refused} asked`,
        found: String(accepted),
        wanted: `${perMinute} to ${wanted}`,
        ok: accepted >= perMinute && accepted <= wanted,
      }
    }),
    none(
      `${when}: answers other than 200 and 429`,
      sum(({ strange }) => strange),
    ),
    atMost(`${when}: all asked within`, longest(({ tookMs }) => tookMs) / 1_000, windowMs / 1_000 - 1, 's'),
    told(`${when}: the slowest answer`, `${Math.round(longest(({ slowestMs }) => slowestMs))} ms`),
  ]
}
