/** What is followed, in numbers, for scans over columns: epoch milliseconds and doubles that keep the order of the prices. */
export type Plan =
  | {
      readonly type: 'BUY' | 'SELL'
      readonly issuedAt: number
      readonly validUntil: number
      readonly expiresAt: number
      readonly entryLow: number
      readonly entryHigh: number
      /** Ordered away from the entry; shares sum to 1. */
      readonly targets: readonly { readonly price: number; readonly share: number }[]
      readonly stop: number
      readonly invalidation: readonly { readonly when: 'close_below' | 'close_above'; readonly price: number }[]
    }
  | {
      readonly type: 'HOLD'
      readonly issuedAt: number
      readonly expiresAt: number
      readonly bandLow: number
      readonly bandHigh: number
    }
  | { readonly type: 'AVOID'; readonly issuedAt: number; readonly expiresAt: number }
