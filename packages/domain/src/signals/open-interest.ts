import { clamp } from '../words/numbers.ts'
import type { GatheredSignal } from './gathered.ts'

/** Open interest that grows with longs paying is a crowd that can be unwound; the sign is that of the crowded side. */
export const openInterest: GatheredSignal = {
  id: 'chain.open-interest',
  kind: 'onchain',
  unit: 'ratio since a day ago',
  label: 'change of open interest',
  weight: { native: 10, contract: 0 },
  see: 'rule of our own',
  read({ now, change }) {
    // As told in coins: in dollars the price alone would move it.
    const interest = now('openInterestChange24hRatio') ?? change('openInterestUsd')
    const rate = now('fundingRatio8h')
    if (!interest || !rate) return null
    const crowded = clamp(interest.value * 4, 0, 1)
    return {
      value: interest.value,
      lean: -Math.sign(rate.value) * crowded || 0,
      cites: [...interest.cites, ...rate.cites],
    }
  },
}
