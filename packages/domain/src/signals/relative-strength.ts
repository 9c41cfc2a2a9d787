import type { GatheredSignal } from './gathered.ts'

/** How much more than bitcoin it rose within a day. Informs: what is strong goes on about as often as it turns. */
export const relativeStrength: GatheredSignal = {
  id: 'tech.relative-strength',
  kind: 'technical',
  unit: 'ratio over bitcoin, a day',
  label: 'Strength against bitcoin',
  weight: { native: 0, contract: 0 },
  see: 'rule of our own',
  read({ now }) {
    const strength = now('relativeStrength24hRatio')
    return strength && { value: strength.value, lean: 0, cites: strength.cites }
  },
}
