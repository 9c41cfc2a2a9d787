import type { FastifyRequest } from 'fastify'
import { prefix } from '@pumpiq/api'
import { redact } from '../platform/log.ts'

/** What bears a secret wherever it stands. */
const secretName = /pass(word)?$|secret|api[-_]?key|^code$|^target$|^setupToken$/i

/**
 * A value as it may be said back to whoever sent it: problems are kept by browsers, proxies and logs of others. Undefined where it is, or may
 * be, a secret.
 */
export function tellable(value: unknown, names: readonly string[], { url }: Pick<FastifyRequest, 'url'>): unknown {
  // There a token is what signs somebody in; elsewhere it is a coin.
  const isSigning = url.startsWith(`${prefix}/auth/`)
  if (names.some((name) => secretName.test(name) || (isSigning && name === 'token'))) return undefined
  // A body that is a bare text was to be something else: nobody knows what of it.
  if (names.length === 0 && typeof value === 'string') return undefined
  return redact(value)
}
