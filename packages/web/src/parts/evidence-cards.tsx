import type { Brief, Recommendation } from '@pumpiq/domain'
import type { RecommendationInputs } from '@pumpiq/api'
import type { Asked } from '../data/asked.ts'
import { Link, tokenPath } from '../paths.tsx'
import { CrowdCard } from './crowd-card.tsx'
import { GapsNote } from './gaps-note.tsx'
import { KindsTable } from './kinds-table.tsx'
import { ReadingsTable } from './readings-table.tsx'
import { SafetyCard } from './safety-card.tsx'
import { StoriesCard } from './stories-card.tsx'

/** What a call rests on, kind by kind, and what could not be known; ages are those when it was issued. */
export function Evidence({
  call,
  inputs: { data, problem },
}: {
  call: Recommendation
  inputs: Asked<RecommendationInputs>
}) {
  const at = Date.parse(data?.at ?? call.issuedAt)
  return (
    <section className="card" aria-labelledby="evidence">
      <h2 id="evidence">
        Evidence by kind <span className="faint small caption-note">as it was when issued</span>
      </h2>
      <div className="columns-even">
        <KindsTable call={call} at={at} />
        <GapsNote gaps={call.gaps} />
      </div>
      {problem !== null && <p className="problem">The readings could not be read: {problem}</p>}
      {data && <ReadingsTable readings={data.readings} at={at} />}
    </section>
  )
}

type Safety = Brief['dossier']['safety']

/** Of the sealed brief, what is shown beside readings; undefined where an engine of another form sealed it. */
function safetyOf(brief: unknown): Safety | undefined {
  const { dossier } = (brief ?? {}) as { dossier?: { safety?: Safety } }
  return dossier?.safety
}

/** What was told of the token in words and verdicts when the call was made. */
export function Told({ call, inputs }: { call: Recommendation; inputs: RecommendationInputs }) {
  const at = Date.parse(inputs.at)
  const safety = safetyOf(inputs.brief)
  const { gathered } = inputs
  return (
    <>
      {safety ? (
        <SafetyCard safety={safety} />
      ) : (
        <section className="card problem">Token safety is not in a form that can be shown here.</section>
      )}
      {gathered === undefined ? (
        <section className="card">
          Which stories and posts this call was decided from is sealed with it, but not told here.{' '}
          <Link to={tokenPath(call.token)}>See what is told of {call.symbol} now</Link>
        </section>
      ) : (
        <div className="columns told">
          <StoriesCard stories={gathered?.stories ?? null} at={at} />
          <CrowdCard crowd={gathered?.crowd ?? null} at={at} />
        </div>
      )}
    </>
  )
}
