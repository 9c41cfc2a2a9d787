import { Failure } from '@pumpiq/domain'
import type { FastifyRequest } from 'fastify'

export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(::1$|(::ffff:)?127\.)/.test(address)

/** The name in a Host header: without its port, an IPv6 address without its brackets. */
const nameIn = (host: string): string =>
  host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()

/** In numbers, and so not to be turned: what DNS names end in is never a number, and a colon is in none. */
const isAddress = (name: string): boolean => /^\d+(\.\d+){0,3}$/.test(name) || /^[0-9a-f.]*:[0-9a-f:.]*$/.test(name)

/** Whether a Host header says a name that is this machine's own wherever it is read, or an address. */
export function isOwnHost(host: string): boolean {
  const name = nameIn(host)
  return name === 'localhost' || name.endsWith('.localhost') || isAddress(name)
}

/** Nearly all ask under one name: it is read once. */
let lastOwn: string | undefined

/**
 * Refuses a request that reached this machine's own address under a name of elsewhere: a page of that name, whose DNS was turned to
 * 127.0.0.1, could else read and ask as if it were ours. Failure forbidden.
 */
export function refuseForeignHost({ headers: { host }, socket }: Pick<FastifyRequest, 'headers' | 'socket'>): void {
  if (host === undefined || host === lastOwn || !isLoopback(socket.localAddress)) return
  if (isOwnHost(host)) {
    lastOwn = host
    return
  }
  throw new Failure(
    'forbidden',
    `${JSON.stringify(nameIn(host).slice(0, 80))} is not a name of this machine: ask for localhost or 127.0.0.1; with a proxy in front set TRUST_PROXY`,
  )
}
