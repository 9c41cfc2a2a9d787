import { verifyExport, type ExportVerdict } from '@pumpiq/api'
import { localNow, soon } from '../platform/clock.ts'
import { client } from './client.ts'

/** How far a verification is: records looked at, and which share of all that is, where it is known. */
export type Progress = { readonly records: number; readonly share: number | null }

type Manner = { readonly onProgress: (progress: Progress) => void; readonly abort: AbortSignal }

/** Asks for the whole ledger and computes every hash anew. Its head is asked for first: an export that was cut off is found out. */
export async function verifyServed({ onProgress, abort }: Manner): Promise<ExportVerdict> {
  const head = await client.ledger.head({}, { abort })
  const lines = await client.ledger.export({}, { abort })
  const share = (records: number) => (head.seq === 0 ? null : Math.min(1, records / head.seq))
  // What was sealed while it was being read stands behind the head, and is checked as well.
  return verifyExport(
    paced(lines, (records) => onProgress({ records, share: share(records) }), abort),
    { known: [head] },
  )
}

/** Computes every hash of an export anew that the reader has as a file: nothing is asked of anybody. */
export async function verifyFile(file: Blob, { onProgress, abort }: Manner): Promise<ExportVerdict> {
  let read = 0
  const lines = linesOf(file, (length) => (read += length))
  return verifyExport(
    paced(lines, (records) => onProgress({ records, share: file.size === 0 ? 1 : read / file.size }), abort),
  )
}

/** So long may hashing keep the page from answering to who uses it. */
const turnMs = 24

async function* paced(
  lines: AsyncIterable<string>,
  onRead: (records: number) => void,
  abort: AbortSignal,
): AsyncGenerator<string> {
  let records = 0
  let since = localNow()
  for await (const line of lines) {
    abort.throwIfAborted()
    yield line
    records++
    if (localNow() - since < turnMs) continue
    onRead(records)
    await new Promise<void>((go) => soon(0, go))
    since = localNow()
  }
  onRead(records)
}

// Strict: with replacement characters two different files would read as the same text. A byte order mark is a part of its line.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What is no UTF-8 is no record either, and is found out as a line that says nothing. */
function textOf(line: Uint8Array): string {
  try {
    return utf8.decode(line)
  } catch {
    return '\uFFFD'
  }
}

async function* linesOf(file: Blob, onRead: (bytes: number) => void): AsyncGenerator<string> {
  const reader = file.stream().getReader()
  let rest: Uint8Array = new Uint8Array(0)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    let bytes = new Uint8Array(rest.length + value.length)
    bytes.set(rest)
    bytes.set(value, rest.length)
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
      yield textOf(bytes.subarray(0, end))
      bytes = bytes.subarray(end + 1)
    }
    rest = bytes
    onRead(value.length)
  }
  if (rest.length > 0) yield textOf(rest)
}
