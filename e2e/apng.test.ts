import { crc32, deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { animate } from './apng.ts'

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A grey picture of one row. */
function png(width: number, grey: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(1, 4)
  head[8] = 8
  const pixels = deflateSync(Buffer.from([0, ...Array<number>(width).fill(grey)]))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

it('pictures become one that says how many they are, each behind its control, with whole check sums', () => {
  const bytes = animate([
    { png: png(3, 0), showMs: 500 },
    { png: png(3, 255), showMs: 1_500 },
  ])
  const types: string[] = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    types.push(bytes.toString('latin1', at + 4, at + 8))
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(bytes.subarray(at + 4, at + 8 + length)))
    at += 12 + length
  }
  expect(types).toEqual(['IHDR', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'IEND'])
})

it('pictures of two sizes are refused', () => {
  const frames = [png(3, 0), png(4, 0)].map((picture) => ({ png: picture, showMs: 500 }))
  expect(() => animate(frames)).toThrow('picture 2 has another size')
})
