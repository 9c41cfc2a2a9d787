import type { Explanation, Recommendation } from '@pumpiq/domain'
import type { Asked } from '../../data/asked.ts'
import { words } from '../../words/show.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { Card } from '../kit/card.tsx'
import { Factors } from './factors.tsx'
import { Of, TextFact } from './rows.tsx'

type Props = { call: Recommendation; explanation: Asked<Explanation> }

/** Why: the reasons, each number of which opens what it stands for, and the factors that add up to the score. */
export function ReasonsCard({ call, explanation: { data, problem } }: Props) {
  return (
    <Card title={text.reasons} hint={<Writer call={call} told={data} />}>
      <p className="max-w-prose text-[0.9375rem] leading-7 text-pretty">
        <TextFact of="recommendation" at="reasoning" text={call.reasoning} />
      </p>
      <p className="mt-1 text-xs text-ink-3">{text.reasonsHint}</p>
      {problem !== null && (
        <p role="alert" className="mt-2 text-sm text-sell">
          {text.referencesProblem} {problem}
        </p>
      )}
      {call.keyFactors.length > 0 && (
        <div className="mt-5">
          <Factors factors={call.keyFactors} score={call.score} />
        </div>
      )}
    </Card>
  )
}

/** Who wrote the words, and what that cost. */
function Writer({ call: { engine }, told }: { call: Recommendation; told: Explanation | null }) {
  const { analyst, model, ending, costUsd } = engine
  if (model === null) return text.byRules
  const cost = costUsd === null ? text.costNotTold : <Of at="engine.costUsd">${costUsd.toFixed(4)}</Of>
  const name = (
    <bdi>
      <Of at="engine.model">{model}</Of>
    </bdi>
  )
  if (analyst === 'model')
    return (
      <>
        {text.byModel} {name}, {cost}
      </>
    )
  const why = ending === 'answered' ? text.notAgreed : (told?.model?.told ?? words(ending ?? ''))
  return (
    <>
      {text.notByModel(why)} ({name}, {cost})
    </>
  )
}
