import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * What happens to connections: `pass`; `refuse` new ones and cut the others; `hold` bytes back (a half-open connection: nothing arrives, nobody
 * is told); `reset` each after a number of bytes.
 */
export type Weather =
  | { readonly kind: 'pass'; readonly delayMs?: number }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'reset'; afterBytes(): number }

/** `left`: bytes in both directions until it is reset. */
type Pair = { readonly near: Socket; readonly far: Socket; left: number }

/** A TCP proxy on a loopback port that does to connections what networks do. */
export async function createProxy(target: { port: number }) {
  let weather: Weather = { kind: 'pass' }
  const pairs = new Set<Pair>()
  let resets = 0

  function cut(pair: Pair): void {
    if (!pairs.delete(pair)) return
    pair.near.resetAndDestroy()
    pair.far.resetAndDestroy()
  }

  function pass(pair: Pair, bytes: Buffer, from: Socket, to: Socket): void {
    if (to.destroyed) return
    const part = bytes.subarray(0, Math.min(bytes.length, pair.left))
    pair.left -= part.length
    if (pair.left > 0) {
      if (to.write(part)) return
      from.pause()
      to.once('drain', () => from.resume())
      return
    }
    // The last bytes are let through before the cut: it falls in the middle of what was sent.
    to.write(part, () => {
      if (pairs.has(pair)) resets++
      cut(pair)
    })
  }

  function forward(pair: Pair, from: Socket, to: Socket): void {
    from.on('error', () => cut(pair))
    from.on('end', () => to.end())
    from.on('close', () => {
      pairs.delete(pair)
      to.destroy()
    })
    from.on('data', (bytes: Buffer) => {
      if (weather.kind === 'hold') return
      const delayMs = weather.kind === 'pass' ? (weather.delayMs ?? 0) : 0
      if (delayMs > 0) setTimeout(pass, delayMs, pair, bytes, from, to)
      else pass(pair, bytes, from, to)
    })
  }

  function accept(near: Socket): void {
    near.on('error', () => {})
    if (weather.kind === 'refuse') {
      near.resetAndDestroy()
      return
    }
    const far = connect(target.port, '127.0.0.1')
    const pair: Pair = { near, far, left: weather.kind === 'reset' ? weather.afterBytes() : Infinity }
    pairs.add(pair)
    forward(pair, near, far)
    forward(pair, far, near)
  }

  const server = createServer(accept)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))

  return {
    port: (server.address() as AddressInfo).port,
    /** How many connections have met the end of their bytes. */
    resets: () => resets,
    /** From now on. What is open is cut where connections are refused or reset, else it goes on under the new weather. */
    set(next: Weather): void {
      weather = next
      if (next.kind === 'refuse' || next.kind === 'reset') for (const pair of pairs) cut(pair)
    },
    /** Cuts what is open, as a firewall that forgets does, and says how much that was. */
    cutAll(): number {
      const open = pairs.size
      for (const pair of pairs) cut(pair)
      return open
    },
    async close(): Promise<void> {
      const closed = new Promise<void>((done) => server.close(() => done()))
      for (const pair of pairs) cut(pair)
      await closed
    },
  }
}
