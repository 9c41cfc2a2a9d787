import { useParams } from '@tanstack/react-router'
import type { Recommendation } from '@pumpiq/domain'
import {
  useExplanation,
  useFollowing,
  useInputs,
  useOutcome,
  useOwnSettings,
  useRecommendation,
} from '../data/recommendations.ts'
import { useSession } from '../data/session.ts'
import { useHealth } from '../data/system.ts'
import { Card } from '../parts/kit/card.tsx'
import { Problem } from '../parts/kit/problem.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { ChanceCard, PriceCard } from '../parts/recommendation/chance-card.tsx'
import { ChangesCard } from '../parts/recommendation/changes-card.tsx'
import { EvidenceCard } from '../parts/recommendation/evidence-card.tsx'
import { Glance } from '../parts/recommendation/glance.tsx'
import { LevelsCard } from '../parts/recommendation/levels-card.tsx'
import { MineCard } from '../parts/recommendation/mine-card.tsx'
import { Openable } from '../parts/recommendation/opening.tsx'
import { OutcomeCard } from '../parts/recommendation/outcome-card.tsx'
import { ReasonsCard } from '../parts/recommendation/reasons-card.tsx'
import { RecordCard } from '../parts/recommendation/record-card.tsx'
import { Share } from '../parts/recommendation/share.tsx'
import { SizeCard } from '../parts/recommendation/size-card.tsx'
import { Verdict } from '../parts/recommendation/verdict.tsx'
import { Link } from '../paths.tsx'
import { callTexts as text } from '../words/texts/recommendation.ts'

/** One recommendation, whole: what it says, what it rests on, and how to check that it is the one that was sealed. */
export function RecommendationPage() {
  const { id } = useParams({ from: '/recommendations/$id' })
  const asked = useRecommendation(id)
  if (asked.data) return <Whole key={id} call={asked.data} />
  if (asked.problem === null)
    return (
      <Card className="mt-4">
        <Skeleton rows={18} progress={text.reading} />
      </Card>
    )
  return (
    <div className="mt-4 grid gap-3">
      <h1>{asked.code === 'notFound' ? text.noSuch : text.notNow}</h1>
      {asked.code === 'notFound' ? <p data-plain>{asked.problem}</p> : <Problem asked={asked} />}
      <Link to="/" className="text-accent underline">
        {text.seeCalls}
      </Link>
    </div>
  )
}

function Whole({ call }: { call: Recommendation }) {
  const health = useHealth().data
  const isSignedIn = useSession().data?.user != null
  const inputs = useInputs(call.id)
  const explanation = useExplanation(call.id)
  const followed = useOutcome(call.id)
  const following = useFollowing(call.id, isSignedIn)
  const settings = useOwnSettings(isSignedIn)
  const outcome = followed.data?.versions[0]?.outcome ?? null
  const told = explanation.data
  return (
    <Openable told={told}>
      <article className="grid gap-4">
        <Verdict call={call} outcome={outcome} actions={<Share call={call} />} />
        <Glance call={call} />
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_23rem]">
          <div className="grid min-w-0 gap-4">
            <LevelsCard call={call} inputs={inputs.data} told={told} outcome={outcome} />
            <OutcomeCard call={call} followed={followed} tracker={health?.tracker ?? null} />
            <ReasonsCard call={call} explanation={explanation} />
          </div>
          <div className="grid min-w-0 gap-4 md:grid-cols-2 xl:grid-cols-1">
            <SizeCard call={call} following={following.data} settings={settings.data} isSignedIn={isSignedIn} />
            <ChangesCard call={call} told={told} />
            <ChanceCard call={call} told={told} />
            <MineCard call={call} following={following} isSignedIn={isSignedIn} />
            <PriceCard call={call} />
          </div>
        </div>
        <EvidenceCard call={call} inputs={inputs} explanation={explanation} />
        <RecordCard call={call} inputs={inputs.data ?? (inputs.problem === null ? undefined : null)} />
      </article>
    </Openable>
  )
}
