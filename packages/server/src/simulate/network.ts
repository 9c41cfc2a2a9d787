import { Failure } from '@pumpiq/domain'
import type { Fetch } from '../network/fetch.ts'
import type { Clock } from '../platform/clock.ts'
import { createFaults, vendorHosts, type Fault, type Faults, type Garbage, type VendorName } from './faults.ts'
import type { Market } from './market.ts'
import { answer, answerText, type Vendor, type VendorNeeds } from './vendors/answer.ts'
import { createAlternativeMe } from './vendors/alternative-me.ts'
import { createBinance } from './vendors/binance.ts'
import { createBinanceFutures } from './vendors/binance-futures.ts'
import { createBluesky, tooManyPosts } from './vendors/bluesky.ts'
import { createBybit, tooOften } from './vendors/bybit.ts'
import { createCoinbase } from './vendors/coinbase.ts'
import { createCoindesk } from './vendors/coindesk.ts'
import { createCoingecko } from './vendors/coingecko.ts'
import { createCointelegraph } from './vendors/cointelegraph.ts'
import { createDefillama } from './vendors/defillama.ts'
import { createDexscreener } from './vendors/dexscreener.ts'
import { createGoplus, tooOftenAsked } from './vendors/goplus.ts'
import { createKraken } from './vendors/kraken.ts'
import { createOkx } from './vendors/okx.ts'
import { createRedditRss, tooManyRequests } from './vendors/reddit-rss.ts'

type Needs = {
  market: Market
  clock: Pick<Clock, 'now' | 'sleep'>
  faults?: Faults
  /** Whether vendors refuse what is beyond their published limits; off while a test's clock stands still. */
  limits?: boolean
}

const makers: Record<VendorName, (needs: VendorNeeds) => Vendor> = {
  binance: createBinance,
  coinbase: createCoinbase,
  kraken: createKraken,
  okx: createOkx,
  bybit: createBybit,
  coingecko: createCoingecko,
  dexscreener: createDexscreener,
  goplus: createGoplus,
  coindesk: createCoindesk,
  cointelegraph: createCointelegraph,
  'reddit-rss': createRedditRss,
  bluesky: createBluesky,
  'alternative-me': createAlternativeMe,
  'binance-futures': createBinanceFutures,
  defillama: createDefillama,
}

/**
 * The outside world for whoever is handed a `Fetch`: the vendors of the simulated market behind their real hosts. A host that is none
 * of theirs, or plain http, fails as an unreachable network does.
 */
export function createSimulatedFetch({ market, clock, faults = createFaults(), limits = false }: Needs): Fetch {
  const byHost = new Map<string, { name: VendorName; vendor: Vendor }>()
  for (const [name, make] of Object.entries(makers) as [VendorName, (needs: VendorNeeds) => Vendor][]) {
    const vendor = make({ market, clock, limits })
    for (const host of vendorHosts[name]) byHost.set(host, { name, vendor })
  }

  return async function simulatedFetch(request) {
    const { signal } = request
    signal.throwIfAborted()
    const url = new URL(request.url)
    const found = url.protocol === 'https:' ? byHost.get(url.host) : undefined
    if (!found) {
      const cause = new Failure('unavailable', `the simulated market has no host ${url.host}`)
      throw new TypeError('fetch failed', { cause })
    }
    if (request.method !== 'GET') return answer({ message: 'Method Not Allowed' }, { status: 405 })
    const fault = faults.of(found.name)
    if (fault?.fault === 'silent') return never(signal)
    if (fault?.fault === 'slow') await clock.sleep(fault.ms, signal)
    if (fault?.fault === 'failing') return failing(found.name, fault)
    if (fault?.fault === 'throttling') return throttled[found.name](String(fault.retryAfterS))
    // The real way out names itself even when the caller does not.
    const headers = new Headers(request.headers)
    if (!headers.has('user-agent')) headers.set('user-agent', 'node')
    const response = found.vendor(new Request(url, { headers }))
    return fault?.fault === 'garbling' ? garbled(response, fault.how) : response
  }
}

const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = () => reject(signal.reason as Error)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })

function failing(name: VendorName, { status }: Extract<Fault, { fault: 'failing' }>): Response {
  if (name === 'binance' && status === 451) {
    return answer({ code: 0, msg: 'Service unavailable from a restricted location.' }, { status })
  }
  return answerText(`<html><body><h1>${status}</h1></body></html>`, { status, type: 'text/html' })
}

async function garbled(response: Response, how: Garbage): Promise<Response> {
  const { status } = response
  if (how === 'html') return answerText('<!doctype html><title>Just a moment...</title>', { status, type: 'text/html' })
  const body = how === 'empty' ? '' : await response.text()
  return answerText(body.slice(0, Math.floor(body.length / 2)), { status })
}

/** How each vendor says that it was asked too often; Kraken says it with HTTP 200 and names no time, Bybit with 403. */
const throttled: Record<VendorName, (retryAfter: string) => Response> = {
  binance: (after) =>
    answer(
      { code: -1003, msg: 'Too much request weight used; current limit is 6000 request weight per 1 MINUTE.' },
      { status: 429, headers: { 'retry-after': after } },
    ),
  coinbase: (after) =>
    answer({ message: 'Public rate limit exceeded' }, { status: 429, headers: { 'retry-after': after } }),
  kraken: () => answer({ error: ['EGeneral:Too many requests'] }),
  okx: (after) =>
    answer({ code: '50011', msg: 'Too Many Requests', data: [] }, { status: 429, headers: { 'retry-after': after } }),
  bybit: () => tooOften(),
  coingecko: (after) =>
    answer(
      { status: { error_code: 429, error_message: "You've exceeded the Rate Limit." } },
      { status: 429, headers: { 'retry-after': after } },
    ),
  dexscreener: () => answerText('', { status: 429, type: 'text/plain' }),
  goplus: () => tooOftenAsked(),
  coindesk: (after) => tooManyRequests(after),
  cointelegraph: (after) => tooManyRequests(after),
  'reddit-rss': (after) => tooManyRequests(after),
  bluesky: () => tooManyPosts(),
  'alternative-me': (after) => tooManyRequests(after),
  'binance-futures': (after) =>
    answer({ code: -1003, msg: 'Too many requests.' }, { status: 429, headers: { 'retry-after': after } }),
  defillama: () => answerText('', { status: 429, type: 'text/plain' }),
}
