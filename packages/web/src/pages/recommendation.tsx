import { useParams } from '@tanstack/react-router'
import type { Outcome, Recommendation } from '@pumpiq/domain'
import { useNow } from '../data/now.ts'
import { useExplanation, useInputs, useOutcome, useRecommendation } from '../data/recommendations.ts'
import { useHealth } from '../data/system.ts'
import { CallBadge, Labels } from '../parts/call-badge.tsx'
import { chanceOf, ConfidenceMeter } from '../parts/confidence-meter.tsx'
import { EndingBadge } from '../parts/ending-badge.tsx'
import { Evidence, Told } from '../parts/evidence-cards.tsx'
import { LevelsLadder } from '../parts/levels-ladder.tsx'
import { LevelsTable } from '../parts/levels-table.tsx'
import { NoteLists } from '../parts/note-lists.tsx'
import { OutcomeCard } from '../parts/outcome-card.tsx'
import { SealNote } from '../parts/seal-note.tsx'
import { TradeFacts } from '../parts/trade-facts.tsx'
import { WhyCard } from '../parts/why-card.tsx'
import { Link, tokenPath } from '../paths.tsx'
import { instant, relative, words } from '../words/show.ts'

/** One recommendation, whole: what it says, what it rests on, and how to check that it is the one that was sealed. */
export function RecommendationPage() {
  const { id } = useParams({ from: '/recommendations/$id' })
  const health = useHealth().data
  const { data: call, problem, code } = useRecommendation(id)
  const inputs = useInputs(id)
  const explanation = useExplanation(id)
  const followed = useOutcome(id)
  const outcome = followed.data?.versions[0]?.outcome ?? null
  if (!call) return <Absent problem={problem} missing={code === 'notFound'} />
  return (
    <article className="document">
      <Head call={call} outcome={outcome} />
      <div className="columns">
        <div className="column">
          <section className="card" aria-labelledby="levels">
            <h2 id="levels">Levels</h2>
            <LevelsLadder call={call} series={inputs.data?.series[0] ?? null} events={outcome?.events} />
            <LevelsTable call={call} />
          </section>
          <OutcomeCard call={call} followed={followed} tracker={health?.tracker ?? null} />
          <WhyCard call={call} explanation={explanation} />
        </div>
        <aside className="column">
          <Chance call={call} />
          <TradeFacts call={call} />
        </aside>
      </div>
      <NoteLists call={call} />
      <Evidence call={call} inputs={inputs} />
      {inputs.data && <Told call={call} inputs={inputs.data} />}
      <SealNote call={call} inputs={inputs.data} />
    </article>
  )
}

function Absent({ problem, missing }: { problem: string | null; missing: boolean }) {
  if (problem === null) return <div className="card skeleton" aria-label="Reading the record" />
  return (
    <section className="card empty" role="alert">
      <h1>{missing ? 'There is no such recommendation' : 'It cannot be shown now'}</h1>
      <p>{problem}</p>
      <Link to="/">See the current calls</Link>
    </section>
  )
}

function Head({ call, outcome }: { call: Recommendation; outcome: Outcome | null }) {
  const now = useNow()
  const { symbol, token, timeframe, mode, riskTolerance, issuedAt, validUntil, expiresAt } = call
  const validity = Date.parse(validUntil)
  const endsAt = outcome?.at ?? expiresAt
  return (
    <header className="head">
      <Link to="/" className="back">
        ← Current calls
      </Link>
      <div className="head-line">
        <h1>
          <Link to={tokenPath(token)} className="token-link" label={`${symbol}, what is known of it now`}>
            {symbol}
          </Link>
        </h1>
        <CallBadge call={call} large />
        {outcome && <EndingBadge type={call.type} outcome={outcome} />}
        <Labels labels={call.labels} />
      </div>
      <p className="verdict">{verdictOf(call)}</p>
      <p className="faint head-facts">
        <code className="token">{token}</code>
        <span>
          {words(timeframe)}, {words(mode)}, {riskTolerance}
        </span>
        <span>
          issued <time dateTime={issuedAt}>{instant(issuedAt)}</time> ({relative(Date.parse(issuedAt), now)})
        </span>
        <span>
          entry {validity > now ? 'valid until' : 'was valid until'} {instant(validUntil)}
        </span>
        <span>
          {outcome === null && Date.parse(endsAt) > now ? 'ends' : 'ended'} {instant(endsAt)}
        </span>
      </p>
    </header>
  )
}

function verdictOf({ type, abstained, actionable }: Recommendation): string {
  if (abstained !== null) return `No call could be made: ${abstained}.`
  if (type === 'HOLD') return 'The evidence gives no direction: price is expected to stay inside its band.'
  if (type === 'AVOID') return 'To be avoided, whatever the score says.'
  return actionable.yes
    ? `Evidence leans ${type}. ${capital(actionable.why)}.`
    : `Evidence leans ${type}, but there is ${noEdge(actionable.why)}.`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const noEdge = (why: string) => (why.startsWith('no ') ? why : `no measured edge: ${why}`)

function Chance({ call }: { call: Recommendation }) {
  const { confidence, breakEven } = call
  if (!confidence) return null
  return (
    <section className="card" aria-labelledby="chance">
      <h2 id="chance">{chanceOf(call.type)}</h2>
      <ConfidenceMeter call={call} wide />
      <p className="explain">{explain(confidence.method, breakEven === null ? null : confidence.low > breakEven)}</p>
    </section>
  )
}

function explain(method: NonNullable<Recommendation['confidence']>['method'], clears: boolean | null): string {
  if (method === 'prior')
    return 'A prior: what a price without any direction would do, at the measured volatility. It has no forecast in it, so nothing is called actionable on it.'
  const origin =
    method === 'backtest'
      ? 'Fitted on backtested house calls: hypothetical.'
      : 'Fitted on live house calls that closed before this one was issued.'
  if (clears === null) return origin
  return `${origin} ${clears ? 'The whole interval lies above break-even.' : 'The interval reaches down to break-even or below.'}`
}
