import type { Anybody } from '@pumpiq/api'
import { Failure, seconds, tierLimits } from '@pumpiq/domain'
import type { FastifyRequest } from 'fastify'

export type Places = {
  /** Listeners of this process. */
  readonly inAll: number
  /** Of one address from which nobody has signed in; who has may have as many as his tier says. */
  readonly ofOne: number
}

export const usualPlaces: Places = { inAll: 10_000, ofOne: 100 }

/** Counts who listens; `enter` answers how to leave, or fails with tooMany. */
export function createDoors({ inAll, ofOne }: Places) {
  const open = new Map<string, number>()
  let inside = 0
  return {
    enter({ userId, tier }: Pick<Anybody, 'userId' | 'tier'>, address: string): () => void {
      const who = userId === null ? `address ${address}` : `user ${userId}`
      const most = userId === null ? ofOne : tierLimits[tier].streams
      const own = open.get(who) ?? 0
      if (own >= most) {
        const whose = userId === null ? 'of your address' : `of yours, which are all that the tier ${tier} has,`
        throw new Failure('tooMany', `${own} streams ${whose} are open, and no more are served`, {
          retryAfterMs: seconds(10),
        })
      }
      if (inside >= inAll)
        throw new Failure('tooMany', `${inside} streams are open here, and no more are served`, {
          retryAfterMs: seconds(10),
        })
      open.set(who, own + 1)
      inside++
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        inside--
        const left = open.get(who)! - 1
        if (left === 0) open.delete(who)
        else open.set(who, left)
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
