import { Failure, seconds } from '@pumpiq/domain'
import type { FastifyRequest } from 'fastify'

export type Places = {
  /** Listeners of this process. */
  readonly inAll: number
  /** Of one address. */
  readonly ofOne: number
}

export const usualPlaces: Places = { inAll: 10_000, ofOne: 100 }

/** Counts who listens; `enter` answers how to leave, or fails with tooMany. */
export function createDoors({ inAll, ofOne }: Places) {
  const byAddress = new Map<string, number>()
  let inside = 0
  return {
    enter(address: string): () => void {
      const own = byAddress.get(address) ?? 0
      if (own >= ofOne)
        throw new Failure('tooMany', `${own} streams of your address are open, and no more are served`, {
          retryAfterMs: seconds(10),
        })
      if (inside >= inAll)
        throw new Failure('tooMany', `${inside} streams are open here, and no more are served`, {
          retryAfterMs: seconds(10),
        })
      byAddress.set(address, own + 1)
      inside++
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        inside--
        const left = byAddress.get(address)! - 1
        if (left === 0) byAddress.delete(address)
        else byAddress.set(address, left)
      }
    },
  }
}

/**
 * Refuses pages of other origins: a browser opens sockets for any page, and says only in Origin for which. Failure forbidden. `allowed` are
 * origins beside our own, such as `https://pumpiq.example`.
 */
export function refuseForeignOrigin(
  { headers: { origin }, host }: Pick<FastifyRequest, 'headers' | 'host'>,
  allowed: readonly string[],
): void {
  if (origin === undefined || allowed.includes(origin)) return
  if (URL.canParse(origin) && new URL(origin).host === host) return
  throw new Failure(
    'forbidden',
    `a page of another origin asked (${JSON.stringify(origin.slice(0, 80))}): the stream is for pages of this server and for programs`,
  )
}
