import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning, processMark } from './process-mark.ts'

const fileIn = (dir: string): string => join(dir, 'address')

/** Writes down in a data folder where the process that holds it can be asked, for commands that find it held. */
export function writeAddress(dir: string, url: string): void {
  const mine = { url, pid: process.pid, mark: processMark(process.pid) }
  writeFileSync(fileIn(dir), JSON.stringify(mine), { mode: 0o600 })
}

/** To be called by the holder of the folder only: when it ends, and when it finds what a dead one left. */
export const removeAddress = (dir: string): void => rmSync(fileIn(dir), { force: true })

/** Where the holder of a data folder can be asked; null when it serves nothing, or what is written there is of a process that is gone. */
export function addressOf(dir: string): string | null {
  try {
    const { url, pid, mark } = JSON.parse(readFileSync(fileIn(dir), 'utf8')) as Record<string, unknown>
    const known = typeof url === 'string' && typeof pid === 'number' && (mark === null || typeof mark === 'string')
    return known && URL.canParse(url) && isRunning(pid, mark) ? url : null
  } catch {
    // Not there, or half written by a process that died over it: nobody can be asked, and the caller says so.
    return null
  }
}
