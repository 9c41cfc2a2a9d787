import { inspect } from 'node:util'
import { sql } from 'kysely'
import { readConfig } from '../config.ts'
import { postgresDialect, unusable } from '../db/postgres.ts'
import { dbOver } from '../db/db.ts'
import { createMail } from '../network/mail.ts'
import { openRedis } from '../network/redis.ts'
import type { Fetch } from '../network/fetch.ts'
import { systemClock } from '../platform/clock.ts'
import { createSecret, type Secret } from '../platform/secret.ts'
import { sources } from '../sources/index.ts'
import type { World } from './world.ts'
import type { Place, Plants } from './secrets-planted.ts'

/** Nobody listens there. */
const closed = '127.0.0.1:1'

/** What an operator writes into the environment, rightly and wrongly; what he is told of it. */
export function readConfigs(plants: Plants): { sourceKeys: Readonly<Record<string, Secret>>; told: Place } {
  const make = (what: string) => plants.make(what, 40)
  const keyed = sources.filter(({ key }) => key !== 'none')
  const names = keyed.map(({ id }) => `${id.toUpperCase().replaceAll('-', '_')}_API_KEY`)
  const keys = Object.fromEntries(names.map((name) => [name, make('the API key of a source')]))
  const config = readConfig({
    ...keys,
    PUMPIQ_SECRET: make('PUMPIQ_SECRET'),
    PUMPIQ_METRICS_TOKEN: make('the token of the figures'),
    PUMPIQ_KEY: make('PUMPIQ_KEY'),
    OPENAI_API_KEY: make('the key of a model'),
    DATABASE_URL: `postgres://pumpiq:${make('the password of a database')}@${closed}/pumpiq`,
    REDIS_URL: `redis://:${make('the password of Redis')}@${closed}`,
    SMTP_URL: `smtp://pumpiq%40example.org:${make('the password of a mail server')}@${closed}`,
  })
  const wrong = [
    { PUMPIQ_SECRET: make('PUMPIQ_SECRET').slice(0, 31) },
    { PUMPIQ_SECRET: `${make('PUMPIQ_SECRET')} ä` },
    { COINGECKO_API_KEY: `${make('the API key of a source')} ä` },
    { DATABASE_URL: `mysql://pumpiq:${make('the password of a database')}@host/` },
    { DATABASE_URL: make('the password of a database') },
    { REDIS_URL: `http://:${make('the password of Redis')}@host` },
    { SMTP_URL: `//x:${make('the password of a mail server')}` },
    { PUBLIC_URL: `https://user:${make('a password in an address')}@example.org` },
    { OPENAI_BASE_URL: `https://user:${make('a password in an address')}@example.org` },
    { PUMPIQ_METRICS_TOKEN: `${make('the token of the figures')} ä` },
  ]
  const said = wrong.map((env) => messageOf(() => readConfig(env)))
  const shown = [inspect(config), JSON.stringify(config)]
  return {
    sourceKeys: config.sourceKeys,
    told: { name: 'what is said of the environment', text: [...said, ...shown].join('\n') },
  }
}

function messageOf(work: () => unknown): string {
  try {
    work()
  } catch (thrown) {
    return inWords(thrown)
  }
  throw new Error('what was to be refused was taken')
}

const inWords = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.message} ${thrown.stack} ${inWords(thrown.cause)}` : ''

/** Servers that do not answer, each asked with a password; what the log and the operator are told. */
export async function askClosedServers({ log }: Pick<World, 'log'>, plants: Plants): Promise<Place> {
  const url = (scheme: string) =>
    createSecret(`${scheme}://pumpiq%40example.org:${plants.make('a password in an address')}@${closed}/x`)
  const db = dbOver(postgresDialect(url('postgres'), log))
  const said: string[] = []
  const hear = (error: unknown) => {
    log.error('it cannot be reached', { error })
    said.push(inWords(error))
  }
  await sql`select 1`.execute(db).catch((error: unknown) => hear(unusable(error)))
  await db.destroy()
  const redis = openRedis({ url: url('redis'), log })
  await redis.ping().catch(hear)
  await systemClock.sleep(150)
  redis.disconnect()
  const letter = { to: 'ann@example.org', subject: 's', text: 't', html: 'h', messageId: 'm' }
  await createMail({ smtpUrl: url('smtp') })(letter).catch(hear)
  if (said.length !== 3) throw new Error('a closed server answered')
  return { name: 'what is said of servers that are away', text: said.join('\n') }
}

/** The simulated vendors; once it has begun, all others beside them, who say the key they are shown back in all ways there are. */
export function createEchoingFetch(simulated: Fetch) {
  let turn = 0
  let hasBegun = false
  const echoing: Fetch = async (request) => {
    const { headers, url } = request
    if (!hasBegun || isKeyless(url)) return simulated(request)
    const shown = JSON.stringify({ url, headers: Object.fromEntries(headers) })
    const ways = [
      () => Promise.reject(new TypeError(`fetch failed: ${shown}`, { cause: new Error(shown) })),
      () => new Response(JSON.stringify({ error: { message: `the key is not right: ${shown}` } }), { status: 401 }),
      () => new Response(JSON.stringify({ error: shown, echoed: shown }), { status: 200 }),
      () => new Response(`<html>${shown}</html>`, { status: 500 }),
      () => new Response(shown.slice(0, -1), { status: 200 }),
    ]
    return ways[turn++ % ways.length]!()
  }
  return { fetch: echoing, begin: () => void (hasBegun = true), echoed: () => turn }
}

const isKeyless = (url: string): boolean =>
  /binance|coinbase|kraken|okx|bybit|dexscreener|gopluslabs/.test(new URL(url).host)
