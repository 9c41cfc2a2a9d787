import { isIP } from 'node:net'
import type { Failure } from '@pumpiq/domain'
import { postFailure } from './post-failure.ts'
import { isPublicAddress } from './public-address.ts'

/** Where a user may have us send to; `address` when the host is an IP address itself. */
export type PostTarget = { readonly url: URL; readonly host: string; readonly address: string | null }

const longestUrl = 2_048

/** Names that only ever mean this machine or the network around it (RFC 6761, 6762, 7686, 8375, 9476, and customs of routers and clouds). */
const inward =
  /(^|\.)(localhost|local|localdomain|internal|intranet|private|corp|home|lan|arpa|onion|alt|invalid|test)$/

const refused = (sentence: string): Failure => postFailure('refused', `the address ${sentence}`)

/**
 * Checks the text of an address before anything is looked up: https, no port but 443, no user, a full host name in plain ASCII or a plain
 * public IP address. The text itself is read, since parsing makes 127.0.0.1 of 0x7f.1, 2130706433, 0177.1 and full-width digits.
 * Failure with fate refused; it never repeats the address, whose path may be a secret.
 */
export function checkPostUrl(text: string): PostTarget {
  if (text.length > longestUrl) throw refused(`is longer than ${longestUrl} characters`)
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('\\'))
    throw refused('must be plain ASCII without spaces and backslashes')
  const [, scheme, authority] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(text) ?? []
  if (scheme?.toLowerCase() !== 'https' || authority === undefined) throw refused('must begin with https://')
  if (authority.includes('@')) throw refused('must not carry a user or password')
  const [, named, port] = /^(\[[0-9a-f:.]*\]|[^:[\]]*)(?::(.*))?$/i.exec(authority) ?? []
  if (named === undefined) throw refused('has no host that can be read')
  if (port !== undefined && port !== '443') throw refused('must use port 443')
  const host = named.toLowerCase()
  const address = host.startsWith('[') ? host.slice(1, -1) : isIP(host) === 0 ? null : host
  if (address === null) checkName(host)
  else if (!isPublicAddress(address)) throw refused('is not one of the public internet')
  if (!URL.canParse(text)) throw refused('cannot be read')
  const url = new URL(text)
  // What a parser makes of the host must be what was checked; an IPv6 address has several right spellings.
  if (url.hostname !== host && !host.startsWith('[')) throw refused('has a host that reads in two ways')
  return { url, host, address }
}

function checkName(host: string): void {
  const labels = host.split('.')
  if (!labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)) || host.length > 253)
    throw refused('must have a host name of letters, digits, hyphens and dots')
  // Such an end makes a number of the whole host.
  if (/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1)!)) throw refused('has an IP address that is not in its plain form')
  if (labels.length < 2) throw refused('must have a full host name, such as hooks.example.com')
  if (inward.test(host)) throw refused('has a name of a private network')
}
