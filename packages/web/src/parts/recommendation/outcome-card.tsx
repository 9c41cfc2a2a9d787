import type { Recommendation } from '@pumpiq/domain'
import type { OutcomeVersion, RecommendationOutcome, TrackerHealth } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { useNow } from '../../data/now.ts'
import { awaited } from '../../words/awaited.ts'
import { statusName } from '../../words/ending.ts'
import { instant, relative } from '../../words/show.ts'
import { evidenceTexts as text } from '../../words/texts/evidence.ts'
import { EndingBadge } from '../ending-badge.tsx'
import { Fact } from '../kit/fact.tsx'
import { Panel } from '../kit/panel.tsx'
import { OutcomeNote } from './outcome-note.tsx'

type Props = { call: Recommendation; followed: Asked<RecommendationOutcome>; tracker: TrackerHealth | null }

/** How the call ended, every version of it, or what is still awaited. */
export function OutcomeCard({ call, followed, tracker }: Props) {
  const newest = followed.data?.versions[0]
  return (
    <Panel
      title={text.outcome}
      hint={newest && <EndingBadge type={call.type} outcome={newest.outcome} from="outcome#versions.0.outcome" />}
      asked={followed}
      rows={3}
    >
      {(data) =>
        newest ? (
          <div className="grid gap-4">
            <OutcomeNote call={call} outcome={newest.outcome} />
            <Versions versions={data.versions} />
          </div>
        ) : (
          <Awaited call={call} followed={data} tracker={tracker} />
        )
      }
    </Panel>
  )
}

type AwaitedProps = { call: Recommendation; followed: RecommendationOutcome; tracker: TrackerHealth | null }

function Awaited({ call, followed: { state, source, knownUntil }, tracker }: AwaitedProps) {
  const now = useNow()
  const late = tracker?.behind.find((one) => one.token === call.token && (source === null || one.source === source))
  return (
    <div className="grid gap-1 text-sm" data-plain>
      <p>{awaited(call, now)}</p>
      {state === 'open' && (
        <p className="text-xs text-ink-3">
          {source === null || knownUntil === null
            ? text.notRead
            : `${source}: ${text.candlesKnown} ${instant(knownUntil)} (${relative(Date.parse(knownUntil), now)}).`}{' '}
          {late && (late.why === null ? text.stillRead : text.late(late.source, late.why))}
        </p>
      )}
    </div>
  )
}

/** Where it is sealed. A corrected candle makes a further version; the ones before stay in the record. */
const Versions = ({ versions }: { versions: readonly OutcomeVersion[] }) => (
  <ul className="grid gap-1 text-xs text-ink-2">
    {versions.map(({ version, outcome, source, notes, recordedAt, seal }, i) => (
      <li key={version}>
        <span data-plain>
          {i > 0 && `${text.before(statusName(outcome.status).toLowerCase())} `}
          {versions.length > 1 && `${text.version(version)} `}
        </span>
        {text.onCandles(source)}{' '}
        <Fact of="outcome" at={`versions.${i}.seal.seq`}>
          {seal.seq}
        </Fact>{' '}
        <code title={seal.hash}>{seal.hash.slice(0, 10)}</code>,{' '}
        <time dateTime={recordedAt} data-plain>
          {instant(recordedAt)}
        </time>
        {notes.map((note, k) => (
          <span key={note}>
            ;{' '}
            <Fact of="outcome" at={`versions.${i}.notes.${k}`}>
              {note}
            </Fact>
          </span>
        ))}
      </li>
    ))}
  </ul>
)
