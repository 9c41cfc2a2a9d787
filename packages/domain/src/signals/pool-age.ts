import { days } from '../words/time.ts'
import type { GatheredSignal } from './gathered.ts'

/** How long it has been traded. Informs; safety judges it. */
export const poolAge: GatheredSignal = {
  id: 'chain.age',
  kind: 'onchain',
  unit: 'days',
  label: 'age of the oldest pool',
  weight: { native: 0, contract: 0 },
  see: 'rule of our own',
  read({ now }) {
    const age = now('poolAgeMs')
    return age && { value: age.value / days(1), lean: 0, cites: age.cites }
  },
}
