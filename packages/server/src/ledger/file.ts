import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '@pumpiq/domain'
import type { Log } from '../platform/log.ts'
import { showFault } from './fault.ts'
import { linesOf } from './lines.ts'
import { readLine } from './read-line.ts'
import { lineOf, type Head, type Sealed } from './seal.ts'
import { createVerifier } from './verify.ts'

export type LedgerFile = Awaited<ReturnType<typeof openLedgerFile>>

type Needs = { path: string; log: Log }

/**
 * `ledger.jsonl`: the ledger's lines, each on the disk (fsync) before anybody is told of it. Verified whole when it is opened; a torn
 * last line is dropped with a notice, any other fault is a Failure broken that names it. One process at a time: the home's lock.
 */
export async function openLedgerFile({ path, log }: Needs) {
  const handle = await openOrCreate(path)
  let size: number
  let head: Head | null
  try {
    const checked = await check(path, handle, log)
    size = checked.size
    head = checked.head
  } catch (error) {
    await handle.close()
    throw error
  }
  let isDamaged = false

  return {
    path,
    head: (): Head | null => head,

    /** Appends records that follow the head. When it throws, nothing of them is in the file. */
    async append(records: readonly Sealed[]): Promise<void> {
      const last = records.at(-1)
      if (!last) return
      if (isDamaged)
        throw new Failure('unavailable', `${path} could not be written before; start again when there is room`)
      refuseStrangers(path, head, records)
      const bytes = Buffer.from(records.map((record) => `${lineOf(record)}\n`).join(''))
      try {
        await writeAll(handle, bytes, size)
        await handle.datasync()
      } catch (cause) {
        isDamaged = !(await cutTo(handle, size))
        throw new Failure('unavailable', `${path} could not be written`, { cause })
      }
      size += bytes.length
      head = { seq: last.seq, hash: last.hash }
    },

    records: (): AsyncGenerator<Sealed> => recordsOf(path, size),
    close: (): Promise<void> => handle.close(),
  }
}

async function openOrCreate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const handle = await open(path, 'wx+', 0o600)
    // The name itself must be on the disk too.
    const folder = await open(dirname(path), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
    return handle
  }
}

async function check(path: string, handle: FileHandle, log: Log): Promise<{ size: number; head: Head | null }> {
  const verifier = createVerifier()
  let size = 0
  for await (const { bytes, whole } of linesOf(createReadStream(path))) {
    const read = readLine(bytes)
    if (!whole && read.is === 'nothing') {
      log.warn('the last line of the ledger file was torn and is dropped; it was never acknowledged', {
        path,
        bytes: bytes.length,
      })
      await handle.truncate(size)
      await handle.sync()
      break
    }
    if (!whole) {
      log.warn('the last line of the ledger file lacked its line feed, which is added', { path })
      await writeAll(handle, Buffer.from('\n'), size + bytes.length)
      await handle.sync()
    }
    verifier.line(read)
    size += bytes.length + 1
  }
  const { faults, head } = verifier.end()
  if (faults[0]) throw new Failure('broken', `${path}, ${showFault(faults[0])}; put back a copy that verifies`)
  return { size, head }
}

async function* recordsOf(path: string, size: number): AsyncGenerator<Sealed> {
  if (size === 0) return
  for await (const { bytes } of linesOf(createReadStream(path, { end: size - 1 }))) {
    const read = readLine(bytes)
    if (read.is === 'nothing') throw new Failure('broken', `${path} was changed while it was read: ${read.why}`)
    yield read.record
  }
}

function refuseStrangers(path: string, head: Head | null, records: readonly Sealed[]): void {
  let seq = head?.seq ?? 0
  let hash = head?.hash
  for (const record of records) {
    if (record.seq !== seq + 1 || (hash !== undefined && record.prevHash !== hash)) {
      throw new Failure('broken', `record ${record.seq} does not follow record ${seq}, the last in ${path}`)
    }
    seq = record.seq
    hash = record.hash
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}

async function cutTo(handle: FileHandle, size: number): Promise<boolean> {
  try {
    await handle.truncate(size)
    await handle.sync()
    return true
  } catch {
    return false
  }
}
