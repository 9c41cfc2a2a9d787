import { open, type FileHandle } from 'node:fs/promises'
import { Failure, type ModelOpinion } from '@pumpiq/domain'
import { unreadable } from '../backtest/candle-files.ts'

/** How every line that we write begins: a line that was torn off begins so too, what is no journal does not. */
const lineStart = '{"analyst":"model",'
const chunkBytes = 65_536
const lineFeed = 10

/** How many bytes of a journal are whole lines, and what stands behind the last line feed. */
export type JournalEnd = { readonly whole: number; readonly last: string }

const refused =
  (path: string) =>
  (cause: NodeJS.ErrnoException): never => {
    throw new Failure('invalid', `--model-journal ${path}: ${unreadable(cause)}`, { cause })
  }

export async function endOf(path: string): Promise<JournalEnd> {
  const file = await open(path).catch(refused(path))
  try {
    return await endIn(file).catch(refused(path))
  } finally {
    await file.close()
  }
}

async function endIn(file: FileHandle): Promise<JournalEnd> {
  let tail = Buffer.alloc(0)
  for (let from = (await file.stat()).size; from > 0;) {
    const length = Math.min(chunkBytes, from)
    from -= length
    const chunk = Buffer.alloc(length)
    await file.read(chunk, 0, length, from)
    tail = Buffer.concat([chunk, tail])
    const feed = chunk.lastIndexOf(lineFeed)
    if (feed >= 0) return { whole: from + feed + 1, last: tail.toString('utf8', feed + 1) }
  }
  return { whole: 0, last: tail.toString('utf8') }
}

/** Whether a last line without a line feed is the beginning of one of ours: its end was never written. */
export function isTorn(last: string): boolean {
  if (last === '' || !last.startsWith(lineStart.slice(0, last.length))) return false
  try {
    JSON.parse(last)
    return false
  } catch {
    return true
  }
}

export type JournalFile = {
  /** One line, written whole before the next: what is answered is on the disk even if the process is killed then. */
  append(opinion: ModelOpinion): Promise<void>
  close(): Promise<void>
}

/** Opens a journal that was read, or makes it; a last line that was torn off is taken away, so that what is written stands on its own. */
export async function openJournalFile(path: string): Promise<JournalFile> {
  const file = await open(path, 'a+').catch(refused(path))
  await mended(file).catch(refused(path))
  let written = Promise.resolve()
  return {
    append({ analyst, ...rest }) {
      written = written.then(() => file.appendFile(`${JSON.stringify({ analyst, ...rest })}\n`)).catch(refused(path))
      return written
    },
    async close() {
      await written.catch(() => {})
      await file.close()
    },
  }
}

async function mended(file: FileHandle): Promise<void> {
  const { whole, last } = await endIn(file)
  if (isTorn(last)) await file.truncate(whole)
  else if (last !== '') await file.appendFile('\n')
}
