import type { DeliveryState } from '@pumpiq/api'
import { stateNames } from '../../words/alerts.ts'
import { Badge } from '../kit/badge.tsx'

const tones = { good: 'buy', bad: 'sell', flat: 'hold' } as const

/** What became of a message, in a word. */
export function StateBadge({ state }: { state: DeliveryState }) {
  const [name, tone] = stateNames[state]
  return <Badge tone={tones[tone]}>{name}</Badge>
}
