import type { ReactNode } from 'react'
import type { Outcome, Recommendation } from '@pumpiq/domain'
import { useNow } from '../../data/now.ts'
import { Link, tokenPath } from '../../paths.tsx'
import { instant, relative, words } from '../../words/show.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { CallBadge, EdgeNote, Labels } from '../call-badge.tsx'
import { EndingBadge } from '../ending-badge.tsx'
import { Of } from './rows.tsx'

type Props = { call: Recommendation; outcome: Outcome | null; actions: ReactNode }

/** The verdict: what was called of what, whether there is an edge, and from when to when. */
export function Verdict({ call, outcome, actions }: Props) {
  const { symbol, token, timeframe, mode, riskTolerance, house } = call
  return (
    <header className="grid gap-3 pt-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-[1.75rem]">
          <Link to={tokenPath(token)} label={text.knownNow(symbol)} className="text-ink hover:underline">
            <bdi data-plain>{symbol}</bdi>
          </Link>
        </h1>
        <CallBadge call={call} large />
        <EdgeNote call={call} />
        {outcome && <EndingBadge type={call.type} outcome={outcome} from="outcome#versions.0.outcome" />}
        <Labels labels={call.labels} />
        <div className="ml-auto flex flex-wrap gap-2">{actions}</div>
      </div>
      <p className="max-w-4xl text-lg leading-snug font-semibold text-balance">
        <Sentence call={call} />
      </p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-3" data-plain>
        <li className="min-w-0 max-w-full break-all">
          <code>{token}</code>
        </li>
        <li>
          {words(timeframe)}, {words(mode)}, {riskTolerance}
        </li>
        <li>{house ? text.house : text.personal}</li>
        <Times call={call} outcome={outcome} />
      </ul>
    </header>
  )
}

function Times({ call: { issuedAt, validUntil, expiresAt, entry }, outcome }: Omit<Props, 'actions'>) {
  const now = useNow()
  const endsAt = outcome?.at ?? expiresAt
  return (
    <>
      <li>
        {text.issued} <time dateTime={issuedAt}>{instant(issuedAt)}</time> ({relative(Date.parse(issuedAt), now)})
      </li>
      {entry && (
        <li>
          {Date.parse(validUntil) > now ? text.entryUntil : text.entryWasUntil} {instant(validUntil)}
        </li>
      )}
      <li>
        {outcome === null && Date.parse(endsAt) > now ? text.ends : text.ended} {instant(endsAt)}
      </li>
    </>
  )
}

const unsafe: ReadonlySet<string> = new Set(['unsafe', 'untradable', 'unproven'])

function Sentence({ call: { type, abstained, actionable, clamps } }: { call: Recommendation }) {
  if (abstained !== null)
    return (
      <>
        {text.abstained} <Of at="abstained">{abstained}</Of>.
      </>
    )
  if (type === 'HOLD') return text.holds
  const because = clamps?.findIndex(({ rule, to }) => unsafe.has(rule) && to === type) ?? -1
  if (type === 'AVOID')
    return because < 0 ? (
      text.avoid
    ) : (
      <>
        {text.avoidBecause} <Of at={`clamps.${because}.why`}>{clamps![because]!.why}</Of>.
      </>
    )
  const why = <Of at="actionable.why">{actionable.why}</Of>
  if (actionable.yes)
    return (
      <>
        {text.leans(type)} <span className="first-letter:uppercase">{why}</span>.
      </>
    )
  return (
    <>
      {actionable.why.startsWith('no ') ? text.leansBut(type) : text.leansNoEdge(type)} {why}.
    </>
  )
}
