import type { FastifyInstance } from 'fastify'
import { Failure } from '@pumpiq/domain'
import { scopeOf, type Access, type Endpoint, type Scope } from '@pumpiq/api'

/**
 * Who may use a route. Of the table it is the endpoint's own; `machine` is whoever sits at the machine or bears the token of the figures;
 * `library` is judged by what is mounted there, for the reason that `why` says.
 */
export type RoutePolicy =
  | { readonly access: Access; readonly scope: Scope | null; readonly tier: string | null; readonly operation: string }
  | { readonly access: 'public' | 'machine' | 'library'; readonly why: string }

export type Route = { readonly method: string; readonly url: string; readonly policy: RoutePolicy }

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface FastifyContextConfig {
    /** Every route says who may use it: one that does not is refused at start. */
    policy?: RoutePolicy
  }
}

export const policyOf = (operation: string, endpoint: Endpoint): RoutePolicy => ({
  access: endpoint.access,
  scope: scopeOf(endpoint),
  tier: endpoint.tier ?? null,
  operation,
})

/** The one route that a library makes which takes no word of ours. */
const preflight: RoutePolicy = { access: 'public', why: 'a browser asks whether a page may ask' }

const inventories = new WeakMap<FastifyInstance['server'], Route[]>()

/** From here on a route without a policy cannot be registered. Failure broken. */
export function requirePolicies(app: FastifyInstance): void {
  const routes: Route[] = []
  inventories.set(app.server, routes)
  app.addHook('onRoute', ({ method, url, config }) => {
    const methods = [method].flat().map(String)
    const policy = config?.policy ?? (methods.join() === 'OPTIONS' && url === '*' ? preflight : undefined)
    if (!policy) throw new Failure('broken', `the route ${methods.join(', ')} ${url} does not say who may use it`)
    for (const one of methods) routes.push({ method: one, url, policy })
  })
}

/** Every route there is, with who may use it. */
export const routesOf = (app: FastifyInstance): readonly Route[] => inventories.get(app.server) ?? []
