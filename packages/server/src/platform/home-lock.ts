import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { Failure, toIso } from '@pumpiq/domain'
import type { Clock } from './clock.ts'
import { isRunning, processMark } from './process-mark.ts'

/** Who holds a folder. `mark` tells the process from a later one with the same number. */
type Holder = { pid: number; since: string; host: string; mark: string | null }

export type HomeLock = { release(): void }

const shape = /^lock-(\d{12})$/
const nameOf = (turn: number): string => `lock-${String(turn).padStart(12, '0')}`

/** A lock that was made but not yet written for so long belongs to a process that died in between. */
const unwrittenMs = 2_000

/**
 * Locks are numbered files and the highest is the lock; turns only rise. A claimant makes the file after the highest (O_EXCL: one wins),
 * writes itself down, and holds the folder only if its file is still the highest then. Only a holder removes files, and lower ones only.
 * So a slow claimant that read of a dead holder cannot push out the one that took over meanwhile, which a single file would allow.
 */
export async function lockHome(dir: string, clock: Clock): Promise<HomeLock> {
  for (;;) {
    const turn = highestTurn(dir)
    if (turn > 0) {
      const holder = readHolder(dir, turn)
      if (holder === 'unwritten') {
        await clock.sleep(20)
        continue
      }
      if (holder !== 'free' && isHeld(holder)) throw refusal(dir, turn, holder)
    }
    const mine = claim(dir, turn + 1, clock.now())
    if (mine) return mine
  }
}

function claim(dir: string, turn: number, now: number): HomeLock | null {
  const path = join(dir, nameOf(turn))
  let file: number
  try {
    file = openSync(path, 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw error
  }
  const me: Holder = { pid: process.pid, since: toIso(now), host: hostname(), mark: processMark(process.pid) }
  writeSync(file, JSON.stringify(me))
  fsyncSync(file)
  closeSync(file)
  if (highestTurn(dir) !== turn) {
    rmSync(path, { force: true })
    return null
  }
  for (const lower of turns(dir)) if (lower < turn) rmSync(join(dir, nameOf(lower)), { force: true })
  // Emptied to one word, not removed: the turn must not be given twice.
  return { release: () => writeFileSync(path, 'free') }
}

function readHolder(dir: string, turn: number): Holder | 'free' | 'unwritten' {
  const path = join(dir, nameOf(turn))
  try {
    const text = readFileSync(path, 'utf8')
    if (text === 'free') return 'free'
    if (text.endsWith('}')) return JSON.parse(text) as Holder
    return performance.timeOrigin + performance.now() - statSync(path).mtimeMs > unwrittenMs ? 'free' : 'unwritten'
  } catch (error) {
    // Removed by a holder of a higher turn since it was listed: look again.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'unwritten'
    throw error
  }
}

function isHeld({ pid, since, host, mark }: Holder): boolean {
  // A process of another machine cannot be asked; what cannot be known is taken as held.
  if (host !== hostname()) return true
  // Where processes have no mark, our own number in an older lock is a former process.
  if (pid === process.pid && mark === null && Date.parse(since) < performance.timeOrigin) return false
  return isRunning(pid, mark)
}

function refusal(dir: string, turn: number, { pid, since, host }: Holder): Failure {
  const where =
    host === hostname()
      ? ''
      : ` on ${host}, which cannot be asked from here; if nothing runs there, delete ${nameOf(turn)}`
  return new Failure('conflict', `the data folder ${dir} is in use by process ${pid} since ${since}${where}`)
}

const turns = (dir: string): number[] =>
  readdirSync(dir).flatMap((name) => {
    const match = shape.exec(name)
    return match ? [Number(match[1])] : []
  })

const highestTurn = (dir: string): number => Math.max(0, ...turns(dir))
