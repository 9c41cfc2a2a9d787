import { useState } from 'react'
import type { Health, RecommendationSummary } from '@pumpiq/api'
import { useNow } from '../data/now.ts'
import { useCurrentCalls } from '../data/recommendations.ts'
import { useHealth } from '../data/system.ts'
import { AskForm } from '../parts/ask-form.tsx'
import { CallsTable } from '../parts/calls-table.tsx'
import { SourcesNote } from '../parts/sources-note.tsx'
import { plural, relative } from '../words/show.ts'

const kinds = ['BUY', 'SELL', 'HOLD', 'AVOID', 'NO CALL'] as const
type KindName = (typeof kinds)[number]

const kindOf = ({ type, abstained }: RecommendationSummary): KindName => (abstained === null ? type : 'NO CALL')

/** What asks for something first: an edge, then a direction by the strength of its score, then the rest; what has ended comes last. */
function inOrder(calls: readonly RecommendationSummary[]): RecommendationSummary[] {
  const rank = (call: RecommendationSummary) =>
    call.outcome !== null
      ? 5
      : call.actionable.yes
        ? 0
        : { BUY: 1, SELL: 1, HOLD: 2, AVOID: 3, 'NO CALL': 4 }[kindOf(call)]
  return calls.toSorted(
    (a, b) => rank(a) - rank(b) || Math.abs(b.score) - Math.abs(a.score) || a.symbol.localeCompare(b.symbol),
  )
}

/** What the house thinks of every tracked token now. */
export function MarketPage() {
  const health = useHealth().data
  const starting = health === null || health.status === 'starting'
  const { data: calls, problem } = useCurrentCalls(starting ? 3_000 : 20_000)
  const [wanted, setWanted] = useState<KindName | null>(null)
  return (
    <>
      <div className="lead">
        <div>
          <h1>Current calls</h1>
          <p className="lead-words">
            {calls && health ? <Standing calls={calls} health={health} /> : 'Reading the record…'}
          </p>
        </div>
        <AskForm />
      </div>
      {problem !== null && (
        <p className="strip strip-bad" role="alert">
          <strong>{calls ? 'The calls could not be refreshed.' : 'The calls could not be read.'}</strong> {problem}
        </p>
      )}
      {calls && calls.length > 0 && (
        <>
          <Filter calls={calls} wanted={wanted} onChange={setWanted} />
          <CallsTable calls={inOrder(calls).filter((call) => wanted === null || kindOf(call) === wanted)} />
        </>
      )}
      {calls?.length === 0 && <FirstCalls health={health} />}
      {!calls && problem === null && <div className="card skeleton" aria-hidden="true" />}
      <Reading />
      <SourcesNote />
    </>
  )
}

function Standing({ calls, health: { house } }: { calls: readonly RecommendationSummary[]; health: Health }) {
  const now = useNow()
  const edges = calls.filter(({ actionable, outcome }) => actionable.yes && outcome === null).length
  return (
    <>
      {calls.length} of {plural(house.tracked, 'tracked token')} {calls.length === 1 ? 'has' : 'have'} a call;{' '}
      <b>{edges === 0 ? 'none has a measured edge after costs' : `${edges} with a measured edge after costs`}</b>.{' '}
      {house.running
        ? 'A round is being made now.'
        : house.nextRunAt && `Next round ${relative(Date.parse(house.nextRunAt), now)}.`}
    </>
  )
}

type FilterProps = {
  calls: readonly RecommendationSummary[]
  wanted: KindName | null
  onChange: (kind: KindName | null) => void
}

function Filter({ calls, wanted, onChange }: FilterProps) {
  const count = (kind: KindName) => calls.filter((call) => kindOf(call) === kind).length
  return (
    <div className="filter" role="group" aria-label="Show">
      <button type="button" aria-pressed={wanted === null} onClick={() => onChange(null)}>
        All <span className="num">{calls.length}</span>
      </button>
      {kinds
        .filter((kind) => count(kind) > 0)
        .map((kind) => (
          <button
            key={kind}
            type="button"
            aria-pressed={wanted === kind}
            onClick={() => onChange(wanted === kind ? null : kind)}
          >
            {kind} <span className="num">{count(kind)}</span>
          </button>
        ))}
    </div>
  )
}

/** Nothing is shown before there is something: how far the first round is, instead. */
function FirstCalls({ health }: { health: Health | null }) {
  const tracked = health?.house.tracked ?? 0
  const called = health?.house.called ?? 0
  return (
    <section className="card empty" aria-live="polite">
      <h2>The first calls are being made</h2>
      <p>
        Candles and prices are asked of at least two venues for each token; a call is sealed before it is shown.{' '}
        {tracked > 0 && `${called} of ${tracked} done.`}
      </p>
      {tracked > 0 && <progress max={tracked} value={called} />}
    </section>
  )
}

const Reading = () => (
  <details className="card reading">
    <summary>How to read this</summary>
    <dl>
      <dt>Call</dt>
      <dd>Which way the evidence leans. It is made, followed and counted even when there is no reason to act on it.</dd>
      <dt>Measured edge</dt>
      <dd>
        A second, separate answer: whether closed calls of the past say that the trade pays after fees and slippage. A{' '}
        <i>prior</i> never does: it is what a price without any direction would do.
      </dd>
      <dt>Chance</dt>
      <dd>
        The probability that target 1 comes before the stop, or that price stays inside the band of a HOLD, with its 95
        % interval. The thin line marks where a trade would earn nothing.
      </dd>
      <dt>Evidence</dt>
      <dd>
        How much of the asked evidence could be had. What is missing adds nothing to the score; it never makes the rest
        louder.
      </dd>
    </dl>
  </details>
)
