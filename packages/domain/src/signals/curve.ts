import type { GatheredSignal } from './gathered.ts'

/** How much of its bonding curve is sold; 1 is graduated. Informs: most curves end here. */
export const curveProgress: GatheredSignal = {
  id: 'chain.curve',
  kind: 'onchain',
  unit: 'share of the curve',
  label: 'bonding curve',
  weight: { native: 0, contract: 0 },
  see: 'Pump.fun bonding curve',
  read({ now }) {
    const progress = now('curveProgressRatio')
    return progress && { value: progress.value, lean: 0, cites: progress.cites }
  },
}
