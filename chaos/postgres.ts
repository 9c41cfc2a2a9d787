import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start, until } from './processes.ts'

const versions = '/usr/lib/postgresql'

/** The folder of the newest installed PostgreSQL's programs, null where there is none. */
export function postgresPrograms(): string | null {
  const found = existsSync(versions) ? readdirSync(versions).filter((name) => /^\d+$/.test(name)) : []
  const newest = found.toSorted((a, b) => Number(b) - Number(a))[0]
  return newest === undefined ? null : join(versions, newest, 'bin')
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((closed) => server.close(() => closed()))
  return port
}

/** The server refuses to run as root; who is somebody else runs it as himself. */
function runAs(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

export type Postgres = Awaited<ReturnType<typeof createPostgres>>

/** A PostgreSQL of our own in a temporary folder, which may be stopped, killed and started again. */
export async function createPostgres() {
  const programs = postgresPrograms()
  if (programs === null) throw new Error('no PostgreSQL server is installed on this machine')
  const uid = runAs()
  const dir = mkdtempSync(join(tmpdir(), 'pumpiq-chaos-pg-'))
  if (uid) chownSync(dir, uid.uid, uid.gid)
  const data = join(dir, 'data')
  const port = await freePort()
  const run = async (program: string, args: readonly string[]) => {
    const ran = start({ name: program, file: join(programs, program), args, uid, env: { LC_ALL: 'C.UTF-8' } })
    const { code } = await ran.exit
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${ran.stderr()}${ran.stdout()}`)
  }
  await run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'])
  const options = ['-p', `${port}`, '-k', dir, '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200']
  const open = () => start({ name: 'postgres', file: join(programs, 'postgres'), args: ['-D', data, ...options], uid })
  let server = open()
  const answers = () => {
    try {
      execFileSync(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', `${port}`])
      return true
    } catch {
      return false
    }
  }
  const isUp = () => until('PostgreSQL answers', 60_000, answers)
  await isUp()

  /** Shared memory and the socket of one that was killed are cleaned up by its children, which may take a moment: the start is tried again. */
  async function up(): Promise<void> {
    for (let left = 20; ; left--) {
      server = open()
      const ended = server.exit.then(() => 'ended' as const)
      if ((await Promise.race([isUp(), ended])) !== 'ended') return
      if (left === 0) throw new Error(`PostgreSQL does not start: ${server.stderr()}`)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }

  return {
    port,
    url: (database = 'postgres', application = '') =>
      `postgres://postgres@127.0.0.1:${port}/${database}${application && `?application_name=${application}`}`,
    async createDatabase(name: string): Promise<void> {
      await run('createdb', ['-h', '127.0.0.1', '-p', `${port}`, '-U', 'postgres', name])
    },
    /** As an impatient operator does it: sessions are cut, what was committed is kept. */
    async stop(): Promise<void> {
      process.kill(server.pid, 'SIGINT')
      await server.exit
    },
    kill: () => server.kill(),
    start: up,
    async close(): Promise<void> {
      if (server.ended() === null) process.kill(server.pid, 'SIGINT')
      await server.exit
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
