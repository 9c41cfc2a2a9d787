import { Failure } from '@pumpiq/domain'
import type { FastifyRequest } from 'fastify'
import { isLoopback, isOwnHost } from './own-host.ts'

type Asking = Pick<FastifyRequest, 'ip' | 'headers' | 'host'> & { socket: { remoteAddress?: string | undefined } }

/** What proxies add. Where none is trusted it shows that the caller is not who he seems. */
const forwarding = /^(forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip)$/

/**
 * Refuses whoever does not sit at the machine: another address, be it of the connection or one that a proxy names, trusted or not; something
 * sent on by a proxy that is not trusted; and what a browser of this machine sends for a page of another origin, or of a name whose DNS was
 * turned to this machine. Failure forbidden.
 */
export function refuseFarCallers(asking: Asking, isProxyTrusted: boolean): void {
  const why = farness(asking, isProxyTrusted)
  if (why === null) return
  throw new Failure('forbidden', `this may be asked only from the machine that PumpIQ runs on, at 127.0.0.1: ${why}`)
}

function farness({ ip, headers, host, socket }: Asking, isProxyTrusted: boolean): string | null {
  // With a number of hops trusted, whoever reaches us past the proxy writes his own `ip`: the other end of the connection cannot be written.
  const far = [ip, socket.remoteAddress, ...sentOnFor(headers)].find((address) => !isLoopback(address))
  if (far !== undefined) return `the request came from ${far}`
  const added = isProxyTrusted ? undefined : Object.keys(headers).find((name) => forwarding.test(name))
  if (added !== undefined) return `a proxy sent it on (${added}), and TRUST_PROXY does not say that it may`
  if (host && !isOwnHost(host)) return 'it was asked for by another name than one of this machine'
  const { origin } = headers
  if (origin === undefined) return null
  const own = URL.canParse(origin) ? new URL(origin).host : null
  return own === host ? null : 'a page of another origin asked'
}

/** All whom proxies name, however many are trusted: a longer list can only show more that is far. */
const sentOnFor = ({ 'x-forwarded-for': named, 'x-real-ip': real }: Asking['headers']): string[] =>
  [named, real].flatMap((text) => text ?? []).flatMap((text) => text.split(',').map((address) => address.trim()))
