import type { Handlers } from '@pumpiq/api'
import type { FastifyInstance } from 'fastify'
import { createLimits } from '../http/limits.ts'
import { createHttp } from '../http/server.ts'
import type { OpenedAccounts } from './accounts.ts'
import type { Outside } from './given.ts'
import type { Live } from './record.ts'
import type { OpenedSystem } from './system.ts'

type Given = Pick<
  Outside,
  | 'clock'
  | 'guard'
  | 'ids'
  | 'log'
  | 'metrics'
  | 'metricsToken'
  | 'webRoot'
  | 'trustProxy'
  | 'corsOrigins'
  | 'csrf'
  | 'pressure'
  | 'reach'
  | 'roles'
  | 'sharedBudgets'
  | 'unlimited'
>

type Needs = Pick<OpenedSystem, 'idempotency' | 'auditLog'> & {
  handlers: Handlers
  accounts: Pick<OpenedAccounts['accounts'], 'identify' | 'mount'>
  live: Pick<Live, 'mount'>
  figures: { gather(): Promise<void> }
  simulated: boolean
}

/** What is served; of a process that serves no users only how it does. */
export function openHttp(given: Given, needs: Needs): Promise<FastifyInstance> {
  const { clock, guard, ids, log, metrics, metricsToken, webRoot, trustProxy, roles, sharedBudgets } = given
  const { handlers, accounts, live, simulated, idempotency, auditLog, figures } = needs
  const servesUsers = roles.includes('api')
  return createHttp({
    handlers,
    log,
    ids,
    simulated,
    webRoot,
    trustProxy,
    identify: accounts.identify,
    limits: given.unlimited ? null : createLimits({ clock: guard, redis: sharedBudgets }),
    csrf: given.csrf ?? null,
    publicUrl: given.reach.publicUrl,
    corsOrigins: given.corsOrigins ?? [],
    idempotency,
    audit: auditLog.write,
    clock,
    pressure: given.pressure ?? null,
    figures: { metrics, token: metricsToken, gather: figures.gather },
    ...(servesUsers && { first: (app: FastifyInstance) => mountFirst(app, [accounts.mount, live.mount]) }),
    ...(!servesUsers && { only: ['system.health', 'system.ready', 'system.jobs'] }),
  })
}

async function mountFirst(
  app: FastifyInstance,
  mounts: readonly ((app: FastifyInstance) => Promise<void>)[],
): Promise<void> {
  for (const mount of mounts) await mount(app)
}
