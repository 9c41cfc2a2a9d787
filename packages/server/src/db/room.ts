import { statfsSync } from 'node:fs'
import type { PGlite, Transaction } from '@electric-sql/pglite'
import { Failure } from '@pumpiq/domain'

const mebibyte = 2 ** 20

/** Bytes that must be free before a statement may write, several segments of its log: one statement of ours writes less. */
const toWrite = 64 * mebibyte
/** Bytes that must be free before anything is asked: also what only reads may begin a segment. */
const toRead = 20 * mebibyte
/** Bytes that a new database takes, besides. */
const toMake = 64 * mebibyte

/** Free bytes of the disk a folder is on; null where the file system does not tell. */
export function freeBytes(dir: string): number | null {
  const { bavail, bsize, blocks } = statfsSync(dir)
  return blocks === 0 ? null : bavail * bsize
}

type Free = () => number | null

/** Refuses to open a database that could not be opened: with no room for its log the engine goes round for ever. */
export function refuseWithoutRoom(dir: string, isNew: boolean, free: Free = () => freeBytes(dir)): void {
  refuse(free(), isNew ? toMake + toWrite : toWrite)
}

/**
 * Where the disk has no room for the next segment of its log, the embedded engine does not say so: it goes round for ever, and with it the
 * process. So statements are refused (unavailable) before it comes to that, and taken again once there is room.
 */
export function guardRoom(pglite: PGlite, free: Free): PGlite {
  const guarded = <T extends Pick<Transaction, 'query' | 'exec'>>(on: T): T => {
    const [query, exec] = [on.query.bind(on), on.exec.bind(on)]
    on.query = (text, ...rest) => checked(text, () => query(text, ...rest))
    on.exec = (text, ...rest) => checked(text, () => exec(text, ...rest))
    return on
  }
  // As the engine tells of a fault: by a promise, never by throwing.
  const checked = async <T>(text: string, ask: () => Promise<T>): Promise<T> => {
    refuse(free(), isReading(text) ? toRead : toWrite)
    return ask()
  }
  const transaction = pglite.transaction.bind(pglite)
  pglite.transaction = (work) => transaction((tx) => work(guarded(tx)))
  return guarded(pglite)
}

const isReading = (text: string): boolean =>
  /^\s*(select|fetch|declare|close|show|set|listen|unlisten|notify|explain|rollback|commit)\b/i.test(text)

function refuse(free: number | null, needed: number): void {
  if (free === null || free >= needed) return
  const [left, wanted] = [free, needed].map((bytes) => Math.floor(bytes / mebibyte))
  const sentence = `the disk of the data folder has ${left} MB left: nothing is recorded until it has ${wanted} MB`
  throw new Failure('unavailable', sentence)
}
