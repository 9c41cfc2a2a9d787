import { Failure } from '@pumpiq/domain'

const socketProtocol = { 'http:': 'ws:', 'https:': 'wss:' } as const

/**
 * Where a request goes: `https://HOST/PATH?query` becomes `<upstream>/HOST/PATH?query`, and `wss://` the same over the socket protocol of
 * the upstream; unchanged without an upstream, and where it is plain `http://` or `ws://`: those are this machine's own network. A port stays
 * with its HOST, fragments and credentials are left out. Address checks look at the original, so they run before this.
 */
export function toUpstream(url: string, upstream: string | null): string {
  if (upstream === null) return url
  const base = parse(upstream, 'the upstream')
  if (!isHttp(base.protocol)) {
    throw new Failure('invalid', `the upstream must be an http or https address, not ${base.protocol}`)
  }
  const { protocol, host, pathname, search } = parse(url, 'a request')
  if (protocol === 'http:' || protocol === 'ws:') return url
  const outward = protocol === 'wss:' ? socketProtocol[base.protocol] : base.protocol
  return `${outward}//${base.host}${base.pathname.replace(/\/+$/, '')}/${host}${pathname}${search}`
}

const isHttp = (protocol: string): protocol is keyof typeof socketProtocol => protocol in socketProtocol

function parse(text: string, what: string): URL {
  if (!URL.canParse(text)) throw new Failure('invalid', `${what} needs an address such as https://host/path`)
  return new URL(text)
}
