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

/** Learns who asks, and whether he may still ask: before a route is entered. All requests pass, so no more is awaited than who asks. */
export function createDoor({ identify, limits, isProxyTrusted }: Needs) {
  function known(request: FastifyRequest): Promise<Anybody> {
    if (!isProxyTrusted) refuseForeignHost(request)
    if (limits && hasCredentials(request)) limits.refuseGuessing(request)
    return identify.of(request)
  }

  return function enter(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const counting = limits !== null && !isUncounted(request.url) ? limits : null
    const letIn = (caller: Anybody): Promise<void> | undefined => {
      request.caller = caller
      return counting?.take(request, reply, caller)
    }
    const refuse = async (thrown: unknown): Promise<never> => {
      const isGuess = isFailure(thrown) && thrown.code === 'unauthenticated' && hasCredentials(request)
      if (isGuess) limits?.guessedWrong(request)
      // Who is not let in is counted as nobody, so that he learns of it and cannot ask for ever.
      await letIn(nobody)
      throw thrown
    }
    try {
      return known(request).then(letIn, refuse)
    } catch (thrown) {
      return refuse(thrown)
    }
  }
}

const hasCredentials = ({ headers }: FastifyRequest): boolean =>
  headers.authorization !== undefined ||
  headers['x-api-key'] !== undefined ||
  (headers.cookie !== undefined && /session/i.test(headers.cookie))
