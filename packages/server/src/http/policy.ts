import type { FastifyRequest } from 'fastify'
import { Failure, isFailure } from '@pumpiq/domain'
import { nobody, refusal, type Anybody, type Caller, type Endpoint } from '@pumpiq/api'
import { refuseFarCallers } from './local-only.ts'

/** Who asks. `of` fails (unauthenticated) at credentials that are none; without any it answers nobody. */
export type Identify = {
  of(request: FastifyRequest): Promise<Anybody>
  /** Asked again before anything is changed, and where only an admin may ask: what he signed in with, or his role, may have been withdrawn since. */
  confirm(caller: Anybody): Promise<Anybody>
}

/** The one user of an installation without accounts: whoever sits at the machine. */
export const localCaller: Caller = {
  userId: 'local',
  role: 'admin',
  tier: 'pro',
  via: 'local',
  scopes: null,
  credentialId: null,
}

/** Why a request is not of the machine itself; null when it is. */
export function whyFar(request: FastifyRequest, isProxyTrusted: boolean): string | null {
  try {
    refuseFarCallers(request, isProxyTrusted)
    return null
  } catch (thrown) {
    if (isFailure(thrown)) return thrown.message
    throw thrown
  }
}

/** Whoever sits at the machine is its user, everybody else is nobody. */
export const identifyLocal = (isProxyTrusted: boolean): Identify => ({
  of: async (request) => (whyFar(request, isProxyTrusted) === null ? localCaller : nobody),
  confirm: async (caller) => caller,
})

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface FastifyRequest {
    /** Who asks: known before a route is entered. */
    caller: Anybody
  }
}

/** Refuses whoever may not ask (unauthenticated, forbidden), before anything of the question is read. */
export async function admit(endpoint: Endpoint, request: FastifyRequest, { confirm }: Identify): Promise<void> {
  const changes = endpoint.method !== 'GET' || endpoint.access === 'admin'
  if (changes && endpoint.access !== 'public') request.caller = await confirm(request.caller)
  const refused = refusal(endpoint, request.caller)
  if (refused === null) return
  throw new Failure(refused.signIn ? 'unauthenticated' : 'forbidden', refused.why)
}
