import { useState } from 'react'
import type { Brief, Explanation, Recommendation } from '@pumpiq/domain'
import type { RecommendationInputs } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { Link, tokenPath } from '../../paths.tsx'
import { callTexts } from '../../words/texts/recommendation.ts'
import { evidenceTexts as text } from '../../words/texts/evidence.ts'
import { CrowdCard } from '../crowd-card.tsx'
import { GapsNote } from '../gaps-note.tsx'
import { Card } from '../kit/card.tsx'
import { Choice } from '../kit/choice.tsx'
import { Problem } from '../kit/problem.tsx'
import { Skeleton } from '../kit/skeleton.tsx'
import { SafetyCard } from '../safety-card.tsx'
import { StoriesCard } from '../stories-card.tsx'
import { TextFact } from './rows.tsx'
import { Views } from './views.tsx'

type Props = { call: Recommendation; inputs: Asked<RecommendationInputs>; explanation: Asked<Explanation> }
type Part = 'views' | 'safety' | 'stories'

/** What a call rests on, kind by kind, what could not be known, and what was told of the token; ages are those when it was issued. */
export function EvidenceCard({ call, inputs, explanation }: Props) {
  const [part, show] = useState<Part>('views')
  const at = Date.parse(inputs.data?.at ?? call.issuedAt)
  return (
    <Card
      title={text.evidence}
      hint={text.asIssued}
      actions={
        <Choice
          label={text.evidence}
          value={part}
          options={[
            { value: 'views', label: text.views },
            { value: 'safety', label: text.safety },
            { value: 'stories', label: text.stories },
          ]}
          onChange={show}
        />
      }
    >
      <div className="grid gap-5">
        {(call.gaps.length > 0 || call.warnings.length > 0) && (
          <div className="grid gap-5 md:grid-cols-2">
            <Warnings call={call} />
            <div data-plain>
              <GapsNote gaps={call.gaps} />
            </div>
          </div>
        )}
        {part === 'views' && (
          <>
            <Problem asked={explanation} />
            <Views call={call} told={explanation.data} at={at} />
            {explanation.data === null && explanation.problem === null && <Skeleton rows={14} />}
          </>
        )}
        {part !== 'views' && (
          <>
            <Problem asked={inputs} />
            {inputs.data === null && inputs.problem === null && <Skeleton rows={8} />}
            {/* What was gathered, in cards of their own: their figures are of what the world said, and age with the page. */}
            <div data-plain>
              {inputs.data &&
                (part === 'safety' ? (
                  <Safety inputs={inputs.data} />
                ) : (
                  <Told call={call} inputs={inputs.data} at={at} />
                ))}
            </div>
          </>
        )}
      </div>
    </Card>
  )
}

const Warnings = ({ call: { warnings } }: { call: Recommendation }) =>
  warnings.length > 0 && (
    <section>
      <h3 className="mb-1">{callTexts.warnings}</h3>
      <ul className="grid list-disc gap-1 pl-4 text-sm marker:text-avoid">
        {warnings.map((warning, i) => (
          <li key={warning}>
            <TextFact of="recommendation" at={`warnings.${i}`} text={warning} />
          </li>
        ))}
      </ul>
    </section>
  )

/** Of the sealed brief, what is shown beside readings; undefined where an engine of another form sealed it. */
function safetyOf(brief: unknown): Brief['dossier']['safety'] | undefined {
  const { dossier } = (brief ?? {}) as { dossier?: { safety?: Brief['dossier']['safety'] } }
  return dossier?.safety
}

function Safety({ inputs }: { inputs: RecommendationInputs }) {
  const safety = safetyOf(inputs.brief)
  return safety === undefined ? <p className="text-sm">{text.safetyOther}</p> : <SafetyCard safety={safety} />
}

function Told({ call, inputs: { gathered }, at }: { call: Recommendation; inputs: RecommendationInputs; at: number }) {
  if (gathered === undefined)
    return (
      <p className="text-sm">
        {text.notTold}{' '}
        <Link to={tokenPath(call.token)} className="text-accent underline">
          {text.seeNow(call.symbol)}
        </Link>
      </p>
    )
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <StoriesCard stories={gathered?.stories ?? null} at={at} />
      <CrowdCard crowd={gathered?.crowd ?? null} at={at} />
    </div>
  )
}
