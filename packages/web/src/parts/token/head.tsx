import { clsx } from 'clsx'
import { lazy, Suspense, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { showPrice } from '@pumpiq/domain'
import type { ListedToken, TokenAnalysis } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { useNow } from '../../data/now.ts'
import { useLivePrice } from '../../data/prices.ts'
import { useSession } from '../../data/session.ts'
import { unwatch, useWatchlist, watch } from '../../data/watchlist.ts'
import { Link, signInPath } from '../../paths.tsx'
import { signed, span } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'
import { Labels } from '../call-badge.tsx'
import { Button } from '../kit/button.tsx'
import { toast } from '../kit/toast.tsx'

const AskDialog = lazy(() => import('../market/ask-dialog.tsx').then((all) => ({ default: all.AskDialog })))

type Props = { token: ListedToken | TokenAnalysis['token']; listed: ListedToken | null; analysis: TokenAnalysis | null }

/** Which token it is, what it costs now, and what can be done with it from here. */
export function TokenHead({ token, listed, analysis }: Props) {
  const [asks, setAsks] = useState(false)
  const { data: session } = useSession()
  return (
    <header className="grid gap-2">
      <Link to="/" className="inline-block min-h-6 w-fit text-sm text-accent">
        ← {text.back}
      </Link>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1>
          <bdi>{token.symbol}</bdi>
        </h1>
        <bdi className="min-w-0 text-ink-2 break-words">{token.name}</bdi>
        <Labels labels={analysis?.labels ?? []} />
        <div className="flex flex-wrap gap-2 sm:ml-auto">
          {session?.user ? (
            <WatchButton id={token.id} symbol={token.symbol} />
          ) : (
            session && (
              <Link to={signInPath} className="min-h-6 self-center text-sm text-accent underline">
                {text.signInToWatch}
              </Link>
            )
          )}
          <Button look="primary" onClick={() => setAsks(true)}>
            {text.ask}
          </Button>
        </div>
      </div>
      <PriceLine id={token.id} listed={listed} analysis={analysis} />
      <Identity id={token.id} asked={analysis?.at ?? null} />
      {asks && (
        <Suspense fallback={null}>
          <AskDialog open onClose={() => setAsks(false)} token={token.id} />
        </Suspense>
      )}
    </header>
  )
}

function WatchButton({ id, symbol }: { id: string; symbol: string }) {
  const queries = useQueryClient()
  const isWatched = useWatchlist().data?.items.some((item) => item.id === id) ?? false
  const { run, busy, problem } = useAction(async () => {
    await (isWatched ? unwatch(id) : watch(id, { note: null, targetPrice: null }))
    await queries.invalidateQueries({ queryKey: ['watchlist'] })
    toast(isWatched ? text.unwatched(symbol) : text.watched(symbol))
  })
  return (
    <>
      <Button aria-pressed={isWatched} busy={busy} onClick={() => void run()}>
        <span aria-hidden="true">{isWatched ? '★' : '☆'}</span> {isWatched ? text.watching : text.watch}
      </Button>
      {problem !== null && (
        <span role="alert" className="max-w-64 self-center text-xs text-sell">
          {text.watchProblem} {problem}
        </span>
      )}
    </>
  )
}

/** The newest of what was checked between venues, what is kept and what the stream tells. */
function PriceLine({ id, listed, analysis }: Pick<Props, 'listed' | 'analysis'> & { id: string }) {
  const live = useLivePrice(id)
  const now = useNow()
  const checked = analysis?.price
    ? { ...analysis.price, observedAt: Date.parse(analysis.at) - analysis.price.ageMs }
    : null
  const kept = listed?.market.priceUsd
    ? { ...listed.market.priceUsd, observedAt: Date.parse(listed.market.priceUsd.observedAt) }
    : null
  const price = [live, checked, kept].reduce((a, b) => (b && (a === null || b.observedAt > a.observedAt) ? b : a), null)
  const changes = [
    [text.change24h, listed?.market.change24hPct],
    [text.change7d, listed?.market.change7dPct],
  ] as const
  if (price === null && analysis === null) return <p className="h-9" />
  if (price === null) return <p className="min-h-9 text-ink-2">{text.noPrice}</p>
  return (
    <p className="flex min-h-9 flex-wrap items-baseline gap-x-3 gap-y-1">
      <span className="num text-3xl font-semibold tracking-tight" title={price.value}>
        {showPrice(price.value)}
      </span>
      {changes.map(
        ([name, change]) =>
          change && (
            <span key={name} className={clsx('num text-sm font-medium', change.value < 0 ? 'text-sell' : 'text-buy')}>
              {change.value < 0 ? '▼' : '▲'} {signed(change.value, 1)} %{' '}
              <span className="font-normal text-ink-3">{name}</span>
            </span>
          ),
      )}
      <span className="text-xs text-ink-3">
        {text.priceOf(price.source.split('+').join(', '), span(now - price.observedAt))}
      </span>
    </p>
  )
}

function Identity({ id, asked }: { id: string; asked: string | null }) {
  const now = useNow()
  const copy = async () => {
    await navigator.clipboard.writeText(id)
    toast(text.copied)
  }
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
      <code className="break-all">{id}</code>
      <Button small look="quiet" onClick={() => void copy().catch(() => {})}>
        {text.copyId}
      </Button>
      {asked !== null && <time dateTime={asked}>{text.asked(span(now - Date.parse(asked)))}</time>}
    </p>
  )
}
