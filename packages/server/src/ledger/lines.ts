/** Bytes as they come: a file's chunks, or text. */
export type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>

/** A line without its line feed; `whole` is false for a last one that lacks it. */
export type Line = { readonly bytes: Uint8Array; readonly whole: boolean }

const lineFeed = 0x0a

/** Cuts at line feeds and nowhere else, whatever the chunks are. Lines that came in one chunk share its memory. */
export async function* linesOf(chunks: Chunks): AsyncGenerator<Line> {
  let rest: Uint8Array[] = []
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    let from = 0
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      const part = bytes.subarray(from, end)
      yield { bytes: rest.length > 0 ? Buffer.concat([...rest, part]) : part, whole: true }
      rest = []
      from = end + 1
    }
    if (from < bytes.length) rest.push(bytes.subarray(from))
  }
  if (rest.length > 0) yield { bytes: Buffer.concat(rest), whole: false }
}
