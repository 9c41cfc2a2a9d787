import { oneOf } from './fuzz/values.ts'

/** Who asks: what his requests say of him, and how often he may in a minute. */
export type Asker = {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  readonly perMinute: number
}

/** `strange` are neither the answer nor a refusal. */
export type Flooded = {
  readonly asker: Asker
  accepted: number
  refused: number
  strange: number
  slowestMs: number
  tookMs: number
}

const path = '/api/v1/ledger/head'
/** Of one asker, so many at once. */
const atOnce = 24

/** An asker who asks so many times as fast as he is answered, at whichever of the processes. `after` is told of every answer. */
export async function flood(
  urls: readonly string[],
  { asker, times, random, after }: { asker: Asker; times: number; random: () => number; after?: (n: number) => void },
): Promise<Flooded> {
  const seen: Flooded = { asker, accepted: 0, refused: 0, strange: 0, slowestMs: 0, tookMs: 0 }
  const startedAt = performance.now()
  let asked = 0
  let answered = 0
  async function go(): Promise<void> {
    while (asked < times) {
      asked++
      const beganAt = performance.now()
      const status = await statusOf(oneOf(random, urls), asker)
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - beganAt)
      if (status === 200) seen.accepted++
      else if (status === 429) seen.refused++
      else seen.strange++
      after?.(++answered)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, go))
  seen.tookMs = performance.now() - startedAt
  return seen
}

/** What one request is answered; 0 where there is no answer at all. */
export async function statusOf(url: string, { headers }: Asker): Promise<number> {
  try {
    const answer = await fetch(url + path, { headers })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 0
  }
}
