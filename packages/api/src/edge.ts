/** Time, chance and names: the platform's own unless handed in, as tests do. */
export type Edge = {
  /** Epoch ms. */
  now(): number
  /** Returns when so long has passed, or at once when the signal fires. */
  sleep(ms: number, abort?: AbortSignal): Promise<void>
  /** In [0, 1). */
  random(): number
  /** A name that nothing else has. */
  newId(): string
}

export const platformEdge: Edge = {
  now: () => Date.now(),
  random: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
  newId: () => newIdOf(crypto.getRandomValues(new Uint8Array(16))),
  sleep: (ms, abort) =>
    new Promise((resolve) => {
      if (abort?.aborted) return resolve()
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        abort?.removeEventListener('abort', done)
        resolve()
      }
      abort?.addEventListener('abort', done)
    }),
}

/** `crypto` has no UUIDs on pages without TLS, but it has chance. */
const newIdOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
