import type { Recommendation } from '@pumpiq/domain'
import type { OutcomeVersion, RecommendationOutcome, TrackerHealth } from '@pumpiq/api'
import type { Asked } from '../data/asked.ts'
import { useNow } from '../data/now.ts'
import { awaited } from '../words/awaited.ts'
import { instant, relative } from '../words/show.ts'
import { EndingBadge } from './ending-badge.tsx'
import { OutcomeNote } from './outcome-note.tsx'

type Props = { call: Recommendation; followed: Asked<RecommendationOutcome>; tracker: TrackerHealth | null }

/** How the call ended, every version of it, or what is still awaited. */
export function OutcomeCard({ call, followed: { data, problem }, tracker }: Props) {
  const newest = data?.versions[0]
  return (
    <section className="card outcome" aria-labelledby="outcome">
      <h2 id="outcome">Outcome {newest && <EndingBadge type={call.type} outcome={newest.outcome} />}</h2>
      {problem !== null && (
        <p className="problem">
          {data ? 'The outcome could not be refreshed' : 'The outcome could not be read'}: {problem}
        </p>
      )}
      {data && !newest && <Awaited call={call} followed={data} tracker={tracker} />}
      {newest && (
        <>
          <OutcomeNote call={call} outcome={newest.outcome} />
          <Versions versions={data.versions} />
        </>
      )}
    </section>
  )
}

type AwaitedProps = { call: Recommendation; followed: RecommendationOutcome; tracker: TrackerHealth | null }

function Awaited({ call, followed: { state, source, knownUntil }, tracker }: AwaitedProps) {
  const now = useNow()
  const late = tracker?.behind.find((one) => one.token === call.token && (source === null || one.source === source))
  return (
    <>
      <p>{awaited(call, now)}</p>
      {state === 'open' && (
        <p className="explain">
          {source === null || knownUntil === null
            ? 'Its candles have not been read yet.'
            : `Candles of ${source} are known without a hole until ${instant(knownUntil)} (${relative(Date.parse(knownUntil), now)}).`}{' '}
          {late &&
            (late.why === null
              ? 'They are still being read.'
              : `${late.source}: ${late.why}. Until its candles are there the call is not judged, and nothing is guessed.`)}
        </p>
      )}
    </>
  )
}

/** Where it is sealed. A corrected candle makes a further version; the ones before stay in the record. */
function Versions({ versions }: { versions: readonly OutcomeVersion[] }) {
  return (
    <ul className="plain versions">
      {versions.map(({ version, outcome, source, notes, recordedAt, seal }, i) => (
        <li key={version}>
          {i > 0 && `Before: ${outcome.status.toLowerCase().replaceAll('_', ' ')}. `}
          {versions.length > 1 && `Version ${version}. `}
          On candles of {source}, sealed as ledger record <span className="num">{seal.seq}</span>{' '}
          <code title={seal.hash}>{seal.hash.slice(0, 10)}</code> on{' '}
          <time dateTime={recordedAt}>{instant(recordedAt)}</time>
          {notes.map((note) => `; ${note}`)}
        </li>
      ))}
    </ul>
  )
}
