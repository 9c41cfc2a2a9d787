import type { FastifyReply, FastifyRequest } from 'fastify'
import { isFailure } from '@pumpiq/domain'
import { nobody, type Anybody } from '@pumpiq/api'
import type { Limits } from './limits.ts'
import { refuseForeignHost } from './own-host.ts'
import type { Identify } from './policy.ts'
import { isUncounted } from './uncounted.ts'

type Needs = {
  readonly identify: Identify
  /** Null: nobody is counted. */
  readonly limits: Limits | null
  readonly isProxyTrusted: boolean
}

/** Learns who asks, and whether he may still ask: before a route is entered. */
export function createDoor({ identify, limits, isProxyTrusted }: Needs) {
  async function known(request: FastifyRequest): Promise<Anybody> {
    if (!isProxyTrusted) refuseForeignHost(request)
    if (!limits || !hasCredentials(request)) return identify.of(request)
    limits.refuseGuessing(request)
    try {
      return await identify.of(request)
    } catch (thrown) {
      if (isFailure(thrown) && thrown.code === 'unauthenticated') limits.guessedWrong(request)
      throw thrown
    }
  }

  return async function enter(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const counting = limits !== null && !isUncounted(request.url) ? limits : null
    try {
      request.caller = await known(request)
    } catch (thrown) {
      // Who is not let in is counted as nobody, so that he learns of it and cannot ask for ever.
      request.caller = nobody
      await counting?.take(request, reply, nobody)
      throw thrown
    }
    const counted = counting?.take(request, reply, request.caller)
    if (counted) await counted
  }
}

const hasCredentials = ({ headers }: FastifyRequest): boolean =>
  headers.authorization !== undefined ||
  headers['x-api-key'] !== undefined ||
  (headers.cookie !== undefined && /session/i.test(headers.cookie))
