import { lazy, Suspense, useMemo, useState } from 'react'
import { getRouteApi } from '@tanstack/react-router'
import type { Health, RecommendationSummary } from '@pumpiq/api'
import { useMarketTokens, useSparklines } from '../data/market.ts'
import { useNow } from '../data/now.ts'
import { useCurrentCalls } from '../data/recommendations.ts'
import { useHealth } from '../data/system.ts'
import { useWatchlist } from '../data/watchlist.ts'
import { Card } from '../parts/kit/card.tsx'
import { Button } from '../parts/kit/button.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Problem } from '../parts/kit/problem.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { MarketFilters } from '../parts/market/market-filters.tsx'
import { MarketTable } from '../parts/market/market-table.tsx'
import { Overview } from '../parts/market/overview.tsx'
import { filtered, hasEdge, rowsOf, sorted } from '../parts/market/rows.ts'
import { marketSearchOf } from '../words/market-search.ts'
import { relative } from '../words/show.ts'
import { marketTexts as text } from '../words/texts/market.ts'

const AskDialog = lazy(() => import('../parts/market/ask-dialog.tsx').then((all) => ({ default: all.AskDialog })))
const Below = lazy(() => import('../parts/market/below.tsx').then((all) => ({ default: all.Below })))

const route = getRouteApi('/')
const nobodys: readonly never[] = []

/** The market as it is now, and what the house thinks of each of its tokens. */
export function MarketPage() {
  const health = useHealth().data
  const isStarting = health === null || health.status === 'starting'
  const calls = useCurrentCalls(isStarting ? 3_000 : 20_000)
  return (
    <>
      <Lead calls={calls.data} health={health} />
      {calls.problem !== null && (
        <Note tone="bad" title={`${text.callsFailed}.`} className="mb-3">
          {calls.problem}
        </Note>
      )}
      {health && isFirstRound(health) && <FirstRound house={health.house} />}
      <Overview />
      <Tokens calls={calls.data} isStarting={isStarting} />
      <Suspense>
        <Below />
      </Suspense>
    </>
  )
}

function Lead({ calls, health }: { calls: readonly RecommendationSummary[] | null; health: Health | null }) {
  const [asks, setAsks] = useState<'never' | 'open' | 'closed'>('never')
  return (
    <header className="mt-5 mb-4 flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <h1>{text.title}</h1>
        <p className="mt-1 min-h-6 text-sm text-ink-2">
          {calls && health ? <Standing calls={calls} health={health} /> : text.reading}
        </p>
      </div>
      <Button look="primary" onClick={() => setAsks('open')}>
        {text.ask}
      </Button>
      {asks !== 'never' && (
        <Suspense>
          <AskDialog open={asks === 'open'} onClose={() => setAsks('closed')} />
        </Suspense>
      )}
    </header>
  )
}

function Standing({ calls, health: { house } }: { calls: readonly RecommendationSummary[]; health: Health }) {
  const now = useNow()
  const edges = calls.filter(hasEdge).length
  return (
    <>
      {text.standing(calls.length, house.tracked)}; <b>{edges === 0 ? text.noEdge : text.edges(edges)}</b>.{' '}
      {house.running ? text.round : house.nextRunAt && text.nextRound(relative(Date.parse(house.nextRunAt), now))}
    </>
  )
}

const isFirstRound = ({ status, house }: Health): boolean =>
  house.called < house.tracked && (status === 'starting' || house.called === 0)

/** How far the first round is; the table below shows its calls as they come. */
const FirstRound = ({ house: { called, tracked } }: Pick<Health, 'house'>) => (
  <Card title={text.firstTitle} className="mb-5">
    <p className="text-sm text-ink-2" aria-live="polite">
      {text.firstWhy} <span className="num font-semibold">{text.firstDone(called, tracked)}</span>
    </p>
    <progress
      max={Math.max(1, tracked)}
      value={called}
      aria-label={text.firstTitle}
      className="mt-3 h-2 w-full accent-accent"
    />
  </Card>
)

type TokensProps = { calls: readonly RecommendationSummary[] | null; isStarting: boolean }

function Tokens({ calls, isStarting }: TokensProps) {
  const said = route.useSearch()
  // The router leaves in it what an address says besides.
  const search = useMemo(() => marketSearchOf(said), [said])
  const navigate = route.useNavigate()
  const asked = useMarketTokens(isStarting ? 5_000 : 60_000)
  const rows = useRows(asked.tokens, calls)
  const shown = useMemo(() => sorted(filtered(rows.all, search), search), [rows.all, search])
  const onSearch = (change: object) =>
    void navigate({ search: (before) => marketSearchOf({ ...before, ...change }), replace: true, resetScroll: false })
  if (asked.tokens === null)
    return asked.problem === null ? (
      <Card>
        <Skeleton rows={24} />
      </Card>
    ) : (
      <Problem asked={asked} />
    )
  return (
    <>
      <Problem asked={asked} />
      <MarketFilters rows={rows.all} shown={shown.length} search={search} onSearch={onSearch} />
      {shown.length === 0 ? (
        <Card>
          <p className="py-6 text-center text-sm text-ink-2">{rows.all.length === 0 ? text.noTokens : text.nothing}</p>
        </Card>
      ) : (
        <MarketTable rows={shown} interval={rows.interval} search={search} onSearch={onSearch} />
      )}
    </>
  )
}

type Listed = ReturnType<typeof useMarketTokens>['tokens']

function useRows(tokens: Listed, calls: readonly RecommendationSummary[] | null) {
  const ids = useMemo(() => (tokens ?? nobodys).map(({ id }) => id as string), [tokens])
  const sparks = useSparklines(ids)
  const watchlist = useWatchlist().data
  const watched = useMemo(() => new Set<string>(watchlist?.items.map(({ id }) => id)), [watchlist])
  const all = useMemo(
    () => rowsOf({ tokens: tokens ?? nobodys, calls: calls ?? nobodys, sparks: sparks?.of ?? new Map(), watched }),
    [tokens, calls, sparks, watched],
  )
  return { all, interval: sparks?.interval ?? null }
}
