import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecret, type Secret } from '../platform/secret.ts'

export type Disk = {
  readonly dir: string
  fill(name: string, megabytes: number): void
  free(name: string): void
  grow(megabytes: number): void
  remove(): void
}

/** A small disk in memory; null where this process may not mount one. */
export function mountDisk(megabytes: number): Disk | null {
  const dir = mkdtempSync(join(tmpdir(), 'pumpiq-disk-'))
  try {
    execFileSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', dir], { stdio: 'pipe' })
  } catch {
    rmSync(dir, { recursive: true, force: true })
    return null
  }
  return {
    dir,
    /** Up to so many megabytes, or what there is. */
    fill(name, wanted) {
      const path = join(dir, name)
      writeFileSync(path, '')
      try {
        for (let n = 0; n < wanted * 16; n++) writeFileSync(path, Buffer.alloc(2 ** 16, 1), { flag: 'a' })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    },
    free: (name) => rmSync(join(dir, name), { force: true }),
    grow: (to) => void execFileSync('/usr/bin/mount', ['-o', `remount,size=${to}m`, dir], { stdio: 'pipe' }),
    remove() {
      execFileSync('/usr/bin/umount', ['-l', dir])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const programs = '/usr/lib/postgresql/15/bin'
const asPostgres = (program: string, ...args: readonly string[]) =>
  execFileSync('/usr/sbin/runuser', ['-u', 'postgres', '--', `${programs}/${program}`, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })

export type OwnPostgres = { readonly url: Secret; start(): boolean; stop(): void; remove(): void }

/** A PostgreSQL of the test's own, its log (`wal`) and its data where they are wanted. It says nothing on the console. */
export async function startPostgres(where: { data: string; wal: string }): Promise<OwnPostgres> {
  const port = await freePort()
  for (const dir of [where.data, where.wal]) {
    mkdirSync(dir, { recursive: true })
    execFileSync('chown', ['postgres', dir])
  }
  asPostgres(
    'initdb',
    '-D',
    where.data,
    '-X',
    where.wal,
    '-A',
    'trust',
    '--no-sync',
    '--no-instructions',
    '-E',
    'UTF8',
    '--locale',
    'C',
  )
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    "unix_socket_directories=''",
    'max_wal_size=32MB',
    'min_wal_size=32MB',
  ]
  const start = (): boolean => {
    try {
      const options = settings.map((setting) => `-c ${setting}`).join(' ')
      asPostgres('pg_ctl', 'start', '-D', where.data, '-w', '-l', '/dev/null', '-o', options)
      return true
    } catch {
      return false
    }
  }
  if (!start()) throw new Error('the PostgreSQL of the test does not start')
  const stop = () => {
    try {
      asPostgres('pg_ctl', 'stop', '-D', where.data, '-m', 'immediate', '-w')
    } catch {
      // It ended by itself.
    }
  }
  const remove = () => {
    stop()
    for (const dir of [where.data, where.wal]) rmSync(dir, { recursive: true, force: true })
  }
  return { url: createSecret(`postgres://postgres@127.0.0.1:${port}/postgres`), start, stop, remove }
}

/** Whether there is a PostgreSQL to be started, and the right to. */
export function canStartPostgres(): boolean {
  try {
    asPostgres('postgres', '--version')
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
