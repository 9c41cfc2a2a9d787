import type { FastifyReply, FastifyRequest } from 'fastify'
import { nobody, scopeOf, type Anybody, type Endpoint } from '@pumpiq/api'
import type { Log } from '../platform/log.ts'

/** Who did what to whom, and how it ended: never what a body or a secret said. */
export type AuditEvent = {
  /** `resource.verb` of the table, or what a room calls it. */
  readonly operation: string
  readonly userId: string | null
  /** How he signed in. */
  readonly via: string
  readonly address: string | null
  /** The id or name of what it was done to. */
  readonly target: string | null
  readonly requestId: string | null
  /** As HTTP has it: below 400 it was done. */
  readonly status: number
  /** A few words more. */
  readonly note?: string | null
}

export type Audit = (event: AuditEvent) => Promise<void>

/** What changes accounts, or what only admins may change. */
export const isAudited = (resource: string, endpoint: Endpoint): boolean =>
  endpoint.method !== 'GET' &&
  (resource === 'accounts' || endpoint.access === 'admin' || scopeOf(endpoint) === 'account')

/** Writes down each request to an endpoint, done or refused, before it is answered. */
export const auditing =
  (operation: string, audit: Audit, log: Log) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { ip, id, params } = request
    // Whoever was refused before anybody looked who asks is nobody.
    const caller: Anybody = request.caller ?? nobody
    const event: AuditEvent = {
      operation,
      userId: caller.userId,
      via: caller.via,
      address: ip,
      target: targetOf(params),
      requestId: id,
      status: reply.statusCode,
    }
    // What was done is done: that it could not be written is ours to hear of.
    await audit(event).catch((error: unknown) => log.error('the audit log could not be written', { ...event, error }))
  }

function targetOf(params: unknown): string | null {
  const { id, name } = (params ?? {}) as { id?: unknown; name?: unknown }
  const said = id ?? name
  // No database keeps the character NUL.
  return typeof said === 'string' ? said.replaceAll('\0', '\u2400').slice(0, 200) : null
}
