import { useMemo } from 'react'
import type { ListedToken } from '@pumpiq/api'
import { useNewcomers, useSafety, type Safety } from '../../data/market.ts'
import { Link, tokenPath } from '../../paths.tsx'
import { percent, span, words } from '../../words/show.ts'
import { marketTexts as text } from '../../words/texts/market.ts'
import { Badge } from '../kit/badge.tsx'
import { Panel } from '../kit/panel.tsx'
import { chainOf } from './rows.ts'
import { usdShort } from './usd-short.ts'

const shown = 8

/** The youngest tokens that are known, and whether their contracts were judged: what nobody judged is not called safe. */
export function Newcomers() {
  const asked = useNewcomers(shown)
  const items = asked.data?.items
  const dated = useMemo(() => (items ?? []).filter(({ market }) => market.createdAt !== null), [items])
  const safety = useSafety(dated.map(({ id }) => id))
  return (
    <Panel
      title={text.newcomers}
      hint={text.newcomersHint}
      asked={asked}
      rows={16}
      empty={() => (dated.length === 0 ? text.newcomersNone : null)}
    >
      {() => (
        <ul>
          {dated.map((token) => (
            <Newcomer key={token.id} token={token} safety={safety.data?.get(token.id)} state={stateOf(safety)} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

type State = 'reading' | 'read' | 'failed'
type NewcomerProps = { token: ListedToken; safety: Safety | undefined; state: State }

const stateOf = ({ data, problem }: ReturnType<typeof useSafety>): State =>
  data === null ? (problem === null ? 'reading' : 'failed') : 'read'

function Newcomer({ token, safety, state }: NewcomerProps) {
  const { ageMs, liquidityUsd, holders, bondingCurvePct, isGraduated } = token.market
  return (
    <li className="grid min-h-14 grid-cols-[1fr_auto] items-center gap-x-3 gap-y-0.5 border-t border-line py-2 text-sm first:border-0">
      <Link to={tokenPath(token.id)} className="min-w-0 truncate font-semibold text-ink no-underline hover:underline">
        <bdi>{token.symbol}</bdi> <bdi className="font-normal text-ink-3">{token.name}</bdi>
      </Link>
      <SafetyBadge safety={safety} state={state} />
      <p className="col-span-2 flex flex-wrap gap-x-3 text-xs text-ink-3">
        <span>{chainOf(token.id)}</span>
        <span className="num">
          {text.age} {ageMs === null ? text.none : span(ageMs)}
        </span>
        <span className="num">
          {text.liquidity} {liquidityUsd ? usdShort(liquidityUsd.value) : text.none}
        </span>
        <span className="num">
          {text.holders} {holders ? holders.value.toLocaleString('en') : text.none}
        </span>
        {bondingCurvePct && <span className="num">{text.curveAt(percent(bondingCurvePct.value / 100))}</span>}
        {isGraduated?.value === true && <span>{text.graduated}</span>}
      </p>
    </li>
  )
}

function SafetyBadge({ safety, state }: Omit<NewcomerProps, 'token'>) {
  if (state !== 'read') return <Badge>{state === 'reading' ? text.safetyReading : text.safetyNotRead}</Badge>
  if (!safety)
    return (
      <span title={text.notAssessedWhy}>
        <Badge>
          <span aria-hidden="true">?</span> {text.notAssessed}
        </Badge>
      </span>
    )
  if (safety.verdict === 'fail')
    return (
      <Badge tone="sell">
        <span aria-hidden="true">✕</span> {text.safetyFail(safety.failed.map(words).join(', '))}
      </Badge>
    )
  return safety.verdict === 'pass' ? (
    <Badge tone="buy">
      <span aria-hidden="true">✓</span> {text.safetyPass}
    </Badge>
  ) : (
    <Badge tone="avoid">
      <span aria-hidden="true">?</span> {text.safetyUnknown(safety.unknown)}
    </Badge>
  )
}
