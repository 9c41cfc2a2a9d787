import { EventEmitter } from 'node:events'
import type { PGlite, Transaction } from '@electric-sql/pglite'

type Sql = string | { text: string; values?: readonly unknown[] }
type Answer = { rows: unknown[]; rowCount: number }
type Open = { tx: Transaction; end(how: 'commit' | 'rollback'): Promise<void> }

const nothing: Answer = { rows: [], rowCount: 0 }
const rolledBack = new Error('rolled back')

/**
 * The part of `pg.Pool` that the queue uses, over the one session of the embedded database. Statements share that session with everybody
 * else's; a transaction goes through PGlite's own, so that nothing of others slips in between its BEGIN and its COMMIT. LISTEN is
 * PGlite's `listen`, one a client.
 */
export function createPglitePool(pglite: PGlite) {
  const pool = Object.assign(new EventEmitter().setMaxListeners(0), {
    // There is no network between: what is listened to is not lost without a word.
    options: { keepAlive: true },
    connect: () => Promise.resolve(createClient(pglite)),
    query: (sql: Sql, values?: readonly unknown[]) => ask(pglite, sql, values),
    end: () => Promise.resolve(),
  })
  return pool
}

function createClient(pglite: PGlite) {
  let open: Open | null = null
  const heard = new Map<string, () => Promise<void>>()
  const listen = async (channel: string) => {
    if (heard.has(channel)) return
    const stop = await pglite.listen(channel, (payload) => client.emit('notification', { channel, payload }))
    heard.set(channel, stop)
  }
  const unlisten = async (channel: string) => {
    await heard.get(channel)?.()
    heard.delete(channel)
  }
  const end = async (how: 'commit' | 'rollback') => {
    const ended = open
    open = null
    await ended?.end(how)
  }

  async function query(sql: Sql, values?: readonly unknown[]): Promise<Answer> {
    const { verb, rest } = words(typeof sql === 'string' ? sql : sql.text)
    if (verb === 'LISTEN') await listen(rest)
    else if (verb === 'UNLISTEN') await unlisten(rest)
    else if (verb === 'BEGIN' && !open) open = await begin(pglite)
    else if (verb === 'COMMIT') await end('commit')
    else if (verb === 'ROLLBACK' && !/^to\b/i.test(rest)) await end('rollback')
    else return ask(open?.tx ?? pglite, sql, values)
    return nothing
  }
  const release = () => {
    for (const channel of heard.keys()) void unlisten(channel)
    void end('rollback')
  }
  const client = Object.assign(new EventEmitter().setMaxListeners(0), { query, release })
  return client
}

/** Holds PGlite's transaction open until `end`. */
function begin(pglite: PGlite): Promise<Open> {
  return new Promise((begun, failed) => {
    const gate = Promise.withResolvers<void>()
    const closed = pglite.transaction(async (tx) => {
      const end = (how: 'commit' | 'rollback') => {
        if (how === 'commit') gate.resolve()
        else gate.reject(rolledBack)
        return settled
      }
      begun({ tx, end })
      await gate.promise
    })
    const settled = closed.catch((thrown: unknown) => {
      if (thrown === rolledBack) return
      failed(thrown)
      throw thrown
    })
    settled.catch(() => {}) // told by `end` or by `failed`
  })
}

async function ask(on: PGlite | Transaction, sql: Sql, given?: readonly unknown[]): Promise<Answer> {
  const text = typeof sql === 'string' ? sql : sql.text
  const values = given ?? (typeof sql === 'string' ? undefined : sql.values)
  // Only without parameters may there be several statements at once, as migrations are.
  const answer = values?.length ? await on.query(text, [...values]) : (await on.exec(text)).at(-1)
  const rows = answer?.rows ?? []
  return { rows, rowCount: answer?.affectedRows || rows.length }
}

/** The first word of a statement below its comments, and what follows it without quotes: `LISTEN "jobs";` is LISTEN and jobs. */
function words(text: string): { verb: string; rest: string } {
  const [, verb = '', rest = ''] = /^(?:\s|--[^\n]*\n)*(\w+)\s*"?([^";]*)/.exec(text) ?? []
  return { verb: verb.toUpperCase() === 'START' ? 'BEGIN' : verb.toUpperCase(), rest: rest.trim() }
}
