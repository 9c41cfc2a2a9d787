import type { Outcome, Recommendation } from '@pumpiq/domain'
import { endingName, endingSigns, toneOfEnding } from '../words/ending.ts'
import { signed } from '../words/show.ts'

type Props = {
  type: Recommendation['type']
  outcome: Pick<Outcome, 'status' | 'rMultiple'>
  /** The figure stands beside it already. */
  bare?: boolean
}

/** How a call ended, and what it brought in multiples of what was risked, net of costs. */
export function EndingBadge({ type, outcome, bare = false }: Props) {
  const tone = toneOfEnding(type, outcome)
  return (
    <span className={`ending ending-${tone}`}>
      <span aria-hidden="true">{endingSigns[tone]}</span> {endingName(type, outcome)}
      {!bare && outcome.rMultiple !== null && <span className="num nowrap"> {signed(outcome.rMultiple)} R</span>}
    </span>
  )
}
