import { crc32 } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export type Frame = { readonly png: Buffer; readonly showMs: number }

type Chunk = { readonly type: string; readonly data: Buffer }

/**
 * Pictures of one size and kind, one after the other, for ever: an animated PNG (https://wiki.mozilla.org/APNG_Specification). A reader that
 * knows none shows the first. Throws where the pictures differ in size or kind.
 */
export function animate(frames: readonly Frame[]): Buffer {
  const read = frames.map(({ png }) => chunksOf(png))
  const head = read[0]?.find(({ type }) => type === 'IHDR')
  if (!head) throw new Error('an animation needs a picture')
  let sequence = 0
  const parts = frames.flatMap(({ showMs }, i) => {
    const chunks = read[i]!
    const own = chunks.find(({ type }) => type === 'IHDR')
    if (!own?.data.equals(head.data)) throw new Error(`picture ${i + 1} has another size or kind than the first`)
    const control = { type: 'fcTL', data: controlOf(sequence++, head.data, showMs) }
    const bytes = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
    const pixels =
      i === 0
        ? bytes.map((data) => ({ type: 'IDAT', data }))
        : bytes.map((data) => ({ type: 'fdAT', data: numbered(sequence++, data) }))
    return [control, ...pixels]
  })
  const count = Buffer.alloc(8)
  count.writeUInt32BE(frames.length, 0)
  const all = [head, { type: 'acTL', data: count }, ...parts, { type: 'IEND', data: Buffer.alloc(0) }]
  return Buffer.concat([signature, ...all.map(written)])
}

function chunksOf(png: Buffer): Chunk[] {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('not a PNG')
  const chunks: Chunk[] = []
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

function written({ type, data }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const bytes = Buffer.alloc(named.length + 8)
  bytes.writeUInt32BE(data.length, 0)
  named.copy(bytes, 4)
  bytes.writeUInt32BE(crc32(named), named.length + 4)
  return bytes
}

function numbered(sequence: number, data: Buffer): Buffer {
  const number = Buffer.alloc(4)
  number.writeUInt32BE(sequence)
  return Buffer.concat([number, data])
}

/** Frame control: the whole picture, shown so long, in place of the one before. */
function controlOf(sequence: number, head: Buffer, showMs: number): Buffer {
  const control = Buffer.alloc(26)
  control.writeUInt32BE(sequence, 0)
  head.copy(control, 4, 0, 8)
  control.writeUInt16BE(Math.round(showMs), 20)
  control.writeUInt16BE(1_000, 22)
  return control
}
