import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { createSecret, type Secret } from '../platform/secret.ts'

const binary = '/usr/bin/redis-server'

/** Whether a Redis can be started here. Tests that need one skip aloud where it cannot. */
export const isRedisHere = (): boolean => existsSync(binary)

/** A Redis of one's own on a free port, which keeps nothing: it may be killed, and comes back empty. */
export async function startRedis(): Promise<{
  url: Secret
  client: Redis
  kill(): Promise<void>
  again(): Promise<void>
  stop(): Promise<void>
}> {
  const dir = mkdtempSync(join(tmpdir(), 'pumpiq-redis-'))
  const port = await freePort()
  let running = await run(port, dir)
  const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 50 }).on('error', () => {})
  const kill = () => gone(running)
  return {
    url: createSecret(`redis://127.0.0.1:${port}`),
    client,
    kill,
    async again() {
      running = await run(port, dir)
    },
    async stop() {
      client.disconnect()
      await kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function run(port: number, dir: string): Promise<ChildProcess> {
  const args = ['--port', String(port), '--dir', dir, '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1']
  const started = spawn(binary, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise<void>((ready, failed) => {
    started.once('exit', () => failed(new Error('Redis did not start')))
    started.stdout.on('data', (said) => /ready to accept/i.test(String(said)) && ready())
  })
  return started
}

function gone(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    running.once('exit', () => resolve())
    running.kill('SIGKILL')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
