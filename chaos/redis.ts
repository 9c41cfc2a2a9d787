import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from './postgres.ts'
import { start, until, type Started } from './processes.ts'

const program = 'redis-server'

export function isRedisInstalled(): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A Redis of our own, which may be emptied, killed and made read-only. It forgets all at a restart. */
export async function createRedis() {
  const dir = mkdtempSync(join(tmpdir(), 'pumpiq-chaos-redis-'))
  const port = await freePort()
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no']
  const open = (): Started => start({ name: 'redis', file: program, args })
  const isUp = () =>
    until('Redis answers', 20_000, async () => {
      const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null })
      client.on('error', () => {})
      try {
        await client.connect()
        return (await client.ping()) === 'PONG'
      } catch {
        return false
      } finally {
        client.disconnect()
      }
    })
  let server = open()
  await isUp()
  const client = () => {
    const made = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: 5 })
    made.on('error', () => {})
    return made
  }
  async function ask<T>(work: (on: Redis) => Promise<T>): Promise<T> {
    const on = client()
    try {
      return await work(on)
    } finally {
      on.disconnect()
    }
  }

  return {
    port,
    flush: async (): Promise<void> => void (await ask((on) => on.flushall())),
    kill: () => server.kill(),
    async start(): Promise<void> {
      server = open()
      await isUp()
    },
    /** Refuses every write with MISCONF, as with a full disk: its dump cannot be written where a folder of that name stands. */
    async refuseWrites(): Promise<void> {
      mkdirSync(join(dir, 'dump.rdb'), { recursive: true })
      mkdirSync(join(dir, 'dump.rdb', 'full'), { recursive: true })
      await ask(async (on) => {
        await on.config('SET', 'stop-writes-on-bgsave-error', 'yes')
        await on.config('SET', 'save', '1 1')
        await until('Redis refuses writes', 20_000, async () => {
          await on.bgsave().catch(() => {})
          return on.set('chaos:write', '1').then(
            () => false,
            (fault: Error) => fault.message.includes('MISCONF'),
          )
        })
      })
    },
    async acceptWrites(): Promise<void> {
      rmSync(join(dir, 'dump.rdb'), { recursive: true, force: true })
      await ask(async (on) => {
        await on.config('SET', 'stop-writes-on-bgsave-error', 'no')
        await on.config('SET', 'save', '')
      })
    },
    async close(): Promise<void> {
      await server.kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
