import type { Host } from './upstream.ts'

export type Receiver = ReturnType<typeof createReceiver>

export type Received = { readonly id: string; readonly body: unknown }

/** A webhook's receiver, which remembers ids as receivers should. Now and then it takes a message and fails to say so. */
export function createReceiver({ random, deafShare = 0 }: { random: () => number; deafShare?: number }) {
  const received: Received[] = []
  const ids = new Set<string>()
  let repeated = 0

  const host: Host = ({ method, headers, body }) => {
    const id = headers['webhook-id']
    if (method !== 'POST' || typeof id !== 'string')
      return { status: 400, body: { error: 'a webhook is a POST with a webhook-id' } }
    if (ids.has(id)) repeated++
    else received.push({ id, body: JSON.parse(body) as unknown })
    ids.add(id)
    return random() < deafShare ? 'cut' : { status: 200, body: {} }
  }

  return {
    host,
    /** Each id once. */
    received: (): readonly Received[] => received,
    /** Deliveries of an id that was known: at least once means that there may be some. */
    repeated: () => repeated,
  }
}
