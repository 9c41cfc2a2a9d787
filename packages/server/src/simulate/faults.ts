/** The vendors by the word our sources use for them, with their hosts. */
export const vendorHosts = {
  binance: ['data-api.binance.vision', 'api.binance.com'],
  coinbase: ['api.exchange.coinbase.com'],
  kraken: ['api.kraken.com'],
  okx: ['www.okx.com'],
  bybit: ['api.bybit.com'],
  coingecko: ['api.coingecko.com'],
  dexscreener: ['api.dexscreener.com'],
  goplus: ['api.gopluslabs.io'],
  coindesk: ['www.coindesk.com'],
  cointelegraph: ['cointelegraph.com'],
  'reddit-rss': ['www.reddit.com'],
  bluesky: ['public.api.bsky.app'],
  'alternative-me': ['api.alternative.me'],
  'binance-futures': ['fapi.binance.com'],
  defillama: ['api.llama.fi', 'stablecoins.llama.fi'],
} as const
export type VendorName = keyof typeof vendorHosts

/** Whether the simulated market speaks as this source's vendor. */
export const isSimulated = ({ id }: { readonly id: string }): boolean => id in vendorHosts

export type Garbage = 'html' | 'truncated' | 'empty'
export type Fault =
  | { fault: 'silent' }
  | { fault: 'failing'; status: number }
  | { fault: 'throttling'; retryAfterS: number }
  | { fault: 'garbling'; how: Garbage }
  | { fault: 'slow'; ms: number }

/**
 * What may be wrong with a vendor's lines alone. `silent`: they stand, and nothing comes. `cut`: they end, new ones too. `refused`: none comes to
 * stand. `garbled`: messages are cut off. `duplicated`: each comes twice. `disordered`: each two change places. `unfinished`: nothing that
 * says a minute is over. `renamed`: messages name a symbol that nobody asked for.
 */
export type StreamFault =
  | 'silent'
  | 'cut'
  | 'refused'
  | 'garbled'
  | 'duplicated'
  | 'disordered'
  | 'unfinished'
  | 'renamed'

/** What is wrong with each vendor now; switched while the market runs. One fault a vendor, one more for its lines: the last one set. */
export function createFaults() {
  const active = new Map<VendorName, Fault>()
  const disturbed = new Map<VendorName, StreamFault>()
  return {
    /** Never answers: the caller's abort alone ends the wait. */
    silence: (vendor: VendorName) => void active.set(vendor, { fault: 'silent' }),
    /** Answers every request with the status and a short text. */
    fail: (vendor: VendorName, status: number) => void active.set(vendor, { fault: 'failing', status }),
    /** Refuses as the vendor does when it is asked too often. */
    throttle: (vendor: VendorName, retryAfterS: number) =>
      void active.set(vendor, { fault: 'throttling', retryAfterS }),
    /** Status 200 with a page instead of data, half of the data, or nothing. */
    garble: (vendor: VendorName, how: Garbage) => void active.set(vendor, { fault: 'garbling', how }),
    /** Answers rightly, so much later. */
    slow: (vendor: VendorName, ms: number) => void active.set(vendor, { fault: 'slow', ms }),
    /** Disturbs its lines alone. */
    disturb: (vendor: VendorName, fault: StreamFault) => void disturbed.set(vendor, fault),
    restore(vendor: VendorName): void {
      active.delete(vendor)
      disturbed.delete(vendor)
    },
    of: (vendor: VendorName): Fault | undefined => active.get(vendor),
    /** A vendor in trouble is no better on its lines. */
    ofLines: (vendor: VendorName): StreamFault | undefined =>
      disturbed.get(vendor) ?? lineFault[active.get(vendor)?.fault ?? 'slow'],
  }
}

const lineFault: Record<Fault['fault'], StreamFault | undefined> = {
  silent: 'silent',
  failing: 'refused',
  throttling: 'refused',
  garbling: 'garbled',
  slow: undefined,
}
export type Faults = ReturnType<typeof createFaults>
