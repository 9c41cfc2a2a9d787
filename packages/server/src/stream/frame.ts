/** What is written to a line of either form, made once for all who are told the same. */
export type Frame = { readonly socket: () => Buffer; readonly events: () => Buffer }

const once = (make: () => Buffer): (() => Buffer) => {
  let made: Buffer | null = null
  return () => (made ??= make())
}

/** One frame of events that are JSON already. `position` is how far the ledger has been told by it; null for what tells nothing of that. */
export function frameOf(events: readonly string[], position: number | null): Frame {
  const list = `[${events.join(',')}]`
  return {
    socket: once(() => messageOf(list)),
    events: once(() => Buffer.from(`${position === null ? '' : `id: ${position}\n`}data: ${list}\n\n`)),
  }
}

/** A whole text message as a server sends it, unmasked: RFC 6455, section 5.2. */
function messageOf(text: string): Buffer {
  const size = Buffer.byteLength(text)
  const head = size < 126 ? 2 : size < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + size)
  frame[0] = 0x81
  frame[1] = head === 2 ? size : head === 4 ? 126 : 127
  if (head === 4) frame.writeUInt16BE(size, 2)
  if (head === 10) frame.writeBigUInt64BE(BigInt(size), 2)
  frame.write(text, head)
  return frame
}
