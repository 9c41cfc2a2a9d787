import { clsx } from 'clsx'
import type { Outcome, Recommendation } from '@pumpiq/domain'
import { endingName, endingSigns, toneOfEnding, type Tone } from '../words/ending.ts'
import { signed } from '../words/show.ts'
import { Fact } from './kit/fact.tsx'

type Props = {
  type: Recommendation['type']
  outcome: Pick<Outcome, 'status' | 'rMultiple'>
  /** The figure stands beside it already. */
  bare?: boolean
  /** Where in an answer of the API the outcome stands, for a figure of the record: `outcome#versions.0.outcome`. */
  from?: string
}

const colours = { good: 'text-buy', bad: 'text-sell', flat: 'text-ink-2' } as const satisfies Record<Tone, string>

/** How a call ended, and what it brought in multiples of what was risked, net of costs. */
export function EndingBadge({ type, outcome, bare = false, from }: Props) {
  const tone = toneOfEnding(type, outcome)
  const [of, at] = from?.split('#') ?? []
  const result = outcome.rMultiple === null || bare ? null : `${signed(outcome.rMultiple)} R`
  return (
    <span className={clsx('text-sm font-semibold', colours[tone])}>
      <span aria-hidden="true">{endingSigns[tone]}</span> <span data-plain>{endingName(type, outcome)}</span>
      {result !== null && (
        <span className="num whitespace-nowrap">
          {' '}
          {of && at ? (
            <Fact of={of} at={`${at}.rMultiple`}>
              {result}
            </Fact>
          ) : (
            result
          )}
        </span>
      )}
    </span>
  )
}
