import type { GatheredSignal } from './gathered.ts'

/** The mood of the whole market. Informs: it is the same for every token. */
export const fearGreed: GatheredSignal = {
  id: 'social.fear-greed',
  kind: 'social',
  unit: 'index, 0 to 100',
  label: 'fear and greed',
  weight: { native: 0, contract: 0 },
  see: 'alternative.me',
  read({ now }) {
    const mood = now('fearGreed')
    return mood && { value: mood.value, lean: 0, cites: mood.cites }
  },
}
