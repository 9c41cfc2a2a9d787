import type { GatheredSignal } from './gathered.ts'

/** What alerts of somebody else's strategy say, by the hooks of this installation. Informs: each hook has a record of its own, which says what it is worth. */
export const inboundAlerts: GatheredSignal = {
  id: 'tech.tradingview',
  kind: 'technical',
  unit: 'longs less shorts, -1 to 1',
  label: 'Alerts of TradingView',
  weight: { native: 0, contract: 0 },
  see: 'rule of our own',
  read({ now }) {
    const balance = now('alertBalance24hRatio')
    return balance && { value: balance.value, lean: 0, cites: balance.cites }
  },
}
