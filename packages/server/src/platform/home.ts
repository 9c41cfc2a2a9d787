import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Failure } from '@pumpiq/domain'
import type { Clock } from './clock.ts'
import { lockHome } from './home-lock.ts'

/** Whether what a folder or database holds came from the world or from the simulated market. It is written once and never changes. */
export type HomeLabel = 'live' | 'simulated'

/** The data folder, held by this process alone until `release`. */
export type Home = {
  /** Absolute path. */
  readonly dir: string
  readonly label: HomeLabel
  /** Absolute path of something inside. */
  path(name: string): string
  /** Gives the folder back. A process that dies without it leaves a lock that the next one takes over. */
  release(): void
}

type Needs = { dir: string; label: HomeLabel; clock: Clock }

/**
 * Opens the data folder (`PUMPIQ_HOME`), making it when absent. Failure conflict when another living process holds it (names pid and
 * since when) or when it bears the other label.
 */
export async function openHome({ dir, label, clock }: Needs): Promise<Home> {
  const root = resolve(dir)
  const lock = await usable(root, async () => {
    makeFolder(root)
    return lockHome(root, clock)
  })
  try {
    checkLabel(root, label)
  } catch (error) {
    lock.release()
    throw error
  }
  let held = true
  return {
    dir: root,
    label,
    path: (name) => join(root, name),
    release() {
      if (held) lock.release()
      held = false
    },
  }
}

/** Step by step: mkdir's own `recursive` goes round for ever where a parent is there but takes no folder, as /proc. */
function makeFolder(dir: string): void {
  const parent = dirname(dir)
  if (parent !== dir && !existsSync(parent)) makeFolder(parent)
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return
  try {
    mkdirSync(dir, { mode: 0o700 })
  } catch (error) {
    // Another process of ours may have made it meanwhile.
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

/** What the system refuses about a folder is the caller's choice of it, not a fault of ours. */
async function usable<T>(root: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === undefined || cause instanceof Failure) throw cause
    throw new Failure(
      'invalid',
      `PUMPIQ_HOME: ${root} cannot be the data folder (${code}); allowed is a folder that can be made and written to, on a disk with room`,
      { cause },
    )
  }
}

/** The label stands in a file of its own: it must outlive a database that was deleted beside a ledger file that was not. */
function checkLabel(root: string, label: HomeLabel): void {
  const path = join(root, 'label')
  const found = homeLabelOf(root)
  if (found === null) {
    writeFileSync(`${path}.new`, `${label}\n`, { flush: true })
    renameSync(`${path}.new`, path)
  } else if (found !== label) {
    throw new Failure(
      'conflict',
      `the data folder ${root} holds ${found} data and cannot be opened as ${label}; choose another PUMPIQ_HOME`,
    )
  }
}

/** What a folder is labelled, without opening it; null when it is none of ours. Failure broken when the label says neither. */
export function homeLabelOf(dir: string): HomeLabel | null {
  const path = join(dir, 'label')
  try {
    const text = readFileSync(path, 'utf8').trim()
    if (text === 'live' || text === 'simulated') return text
    throw new Failure('broken', `${path} says ${JSON.stringify(text.slice(0, 40))}; allowed are live and simulated`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
