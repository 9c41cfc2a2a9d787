import { type ChosenKind, createClient } from '@pumpiq/api'
import { randomBytes } from 'node:crypto'
import { createFleet } from './fleet.ts'
import { ownName, watchLease } from './guard.ts'
import { openDb } from './installation.ts'
import { createPostgres, type Postgres } from './postgres.ts'
import { createProxy } from './proxy.ts'
import { createReceiver } from './receiver.ts'
import { createRedis } from './redis.ts'
import { createSimulatedHosts } from './simulated.ts'
import { serveUpstream } from './upstream.ts'
import { createVenue, type Listing } from './venue.ts'

type Wish = {
  listings: readonly Listing[]
  /** A process each, by its roles; where there are several of one, with a number: `tracker-1`. */
  processes: readonly string[]
  withRedis: boolean
  random: () => number
  seed: number
  say(sentence: string): void
}

const hookHost = 'hooks.example.com'
export type Cluster = Awaited<ReturnType<typeof createCluster>>

/** A cluster of real processes: PostgreSQL and Redis of its own behind proxies, a paper venue, a webhook's receiver. Nothing is started yet. */
export async function createCluster({ listings, processes, withRedis, random, seed, say }: Wish) {
  const simulated = createSimulatedHosts(seed)
  const venue = createVenue(listings, simulated)
  const receiver = createReceiver({ random, deafShare: 0.05 })
  const upstream = await serveUpstream({ ...venue.hosts, [hookHost]: receiver.host }, simulated)
  const postgres = await createPostgres()
  const redis = withRedis ? await createRedis() : null
  const postgresLine = await createProxy(postgres)
  const redisLine = redis && (await createProxy(redis))
  await postgres.createDatabase('pumpiq')
  const db = await openDb(postgres.url('pumpiq', ownName))
  const guard = await watchLease(db)
  const secret = randomBytes(24).toString('base64url') + 'x'.repeat(16)
  /** The database's address through the proxy. */
  const through = (application: string) => addressOf(postgres, application, postgresLine.port)
  const fleet = createFleet(
    processes.map((name) => ({
      name,
      roles: name.replace(/-\d+$/, ''),
      env: (life: string): Record<string, string> => ({
        DATABASE_URL: through(life),
        PUMPIQ_UPSTREAM: upstream.url,
        PUMPIQ_SECRET: secret,
        ...(redisLine && { REDIS_URL: `redis://127.0.0.1:${redisLine.port}` }),
      }),
    })),
    say,
  )

  return {
    venue,
    receiver,
    upstream,
    postgres,
    redis,
    postgresLine,
    redisLine,
    db,
    guard,
    fleet,
    through,
    /** The real client, of the first process of a role. */
    client: async (role = 'api') => createClient({ baseUrl: await fleet.process(firstOf(processes, role)).url() }),
    async close(): Promise<void> {
      await fleet.killAll()
      await db.destroy()
      await Promise.all([postgresLine.close(), redisLine?.close()])
      await Promise.all([postgres.close(), redis?.close()])
      await upstream.close()
    },
  }
}

const addressOf = (postgres: Postgres, application: string, port: number): string =>
  postgres.url('pumpiq', application).replace(`:${postgres.port}/`, `:${port}/`)

function firstOf(processes: readonly string[], role: string): number {
  const found = processes.findIndex((roles) => roles.split(',').some((one) => one.replace(/-\d+$/, '') === role))
  if (found < 0) throw new Error(`no process is of the role ${role}`)
  return found
}

/** What is delivered outward, of these kinds, goes to the receiver of the harness. */
export async function addWebhook(cluster: Cluster, kinds: readonly ChosenKind[]): Promise<void> {
  const client = await cluster.client()
  const preferences = await client.notifications.preferences()
  await client.notifications.setPreferences({
    body: { ...preferences, kinds: [...kinds] },
  })
  await client.notifications.addChannel({
    body: {
      kind: 'webhook',
      name: 'the harness',
      target: { url: `https://${hookHost}/pumpiq`, secrets: [`whsec_${randomBytes(32).toString('base64')}`] },
    },
  })
}
