import { Failure } from '@pumpiq/domain'

/** Bytes as they come: a file's chunks, or text. */
export type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>

/** A line without its line feed; `whole` is false for a last one that lacks it. */
export type Line = { readonly bytes: Uint8Array; readonly whole: boolean }

const lineFeed = 0x0a

/** In bytes; the longest records, what a call was decided from, have some tens of thousands. */
export const longestLine = 64 * 2 ** 20

/**
 * Cuts at line feeds and nowhere else, whatever the chunks are. Lines that came in one chunk share its memory. Failure invalid for a line
 * that is longer than any record.
 */
export async function* linesOf(chunks: Chunks): AsyncGenerator<Line> {
  let rest: Uint8Array[] = []
  let held = 0
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    let from = 0
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      const part = bytes.subarray(from, end)
      yield { bytes: rest.length > 0 ? Buffer.concat([...rest, part]) : part, whole: true }
      rest = []
      held = 0
      from = end + 1
    }
    if (from < bytes.length) rest.push(bytes.subarray(from))
    held += bytes.length - from
    if (held > longestLine) throw new Failure('invalid', `a line of more than ${longestLine} bytes is no record`)
  }
  if (rest.length > 0) yield { bytes: Buffer.concat(rest), whole: false }
}
