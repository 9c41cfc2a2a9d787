/** The vendors by the word our sources use for them, with their hosts. */
export const vendorHosts = {
  binance: ['data-api.binance.vision', 'api.binance.com'],
  coinbase: ['api.exchange.coinbase.com'],
  kraken: ['api.kraken.com'],
  okx: ['www.okx.com'],
  coingecko: ['api.coingecko.com'],
} as const
export type VendorName = keyof typeof vendorHosts

export type Garbage = 'html' | 'truncated' | 'empty'
export type Fault =
  | { fault: 'silent' }
  | { fault: 'failing'; status: number }
  | { fault: 'throttling'; retryAfterS: number }
  | { fault: 'garbling'; how: Garbage }
  | { fault: 'slow'; ms: number }

/** What is wrong with each vendor now; switched while the market runs. One fault a vendor: the last one set. */
export function createFaults() {
  const active = new Map<VendorName, Fault>()
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
    restore: (vendor: VendorName) => void active.delete(vendor),
    of: (vendor: VendorName): Fault | undefined => active.get(vendor),
  }
}
export type Faults = ReturnType<typeof createFaults>
