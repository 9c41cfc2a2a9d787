import { useQueryClient } from '@tanstack/react-query'
import { useNow } from '../data/now.ts'
import { usePages } from '../data/pages.ts'
import { usePortfolio, useTransactions } from '../data/portfolio.ts'
import { useWatchlist } from '../data/watchlist.ts'
import { Panel } from '../parts/kit/panel.tsx'
import { Exposure } from '../parts/portfolio/exposure-card.tsx'
import { HoldingsTable } from '../parts/portfolio/holdings-table.tsx'
import { Totals } from '../parts/portfolio/totals.tsx'
import { TouchingCalls } from '../parts/portfolio/touching-calls.tsx'
import { TransactionsCard } from '../parts/portfolio/transactions-card.tsx'
import { WatchlistCard } from '../parts/portfolio/watchlist-card.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { portfolioTexts as text } from '../words/texts/portfolio.ts'

/** What one holds and watches, what the house says of it, and what it was made of. */
export function PortfolioPage() {
  const portfolio = usePortfolio()
  const watchlist = useWatchlist()
  const pages = usePages()
  const transactions = useTransactions(pages.cursor)
  const queries = useQueryClient()
  const now = useNow()
  const changed = () => {
    void queries.invalidateQueries({ queryKey: ['transactions'] })
    portfolio.again()
  }
  const isEmpty = portfolio.data?.holdings.length === 0 || (portfolio.data === null && portfolio.problem !== null)
  // The panel of the holdings says what failed, once.
  const quiet = { ...portfolio, problem: null }
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid gap-1">
        <h1>{text.title}</h1>
        <p className="max-w-3xl text-sm text-ink-2">{text.lead}</p>
      </header>
      {portfolio.data ? (
        <Totals totals={portfolio.data.totals} now={now} />
      ) : (
        <div className="min-h-28 rounded-xl border border-line bg-card p-4">
          {portfolio.problem === null && <Skeleton rows={3} />}
          {portfolio.problem !== null && <p className="text-sm text-ink-2">{text.sumsAwait}</p>}
        </div>
      )}
      <Panel
        title={text.holdings}
        hint={text.holdingsHint}
        asked={portfolio}
        rows={8}
        empty={({ holdings }) => (holdings.length === 0 ? text.nothingHeld : null)}
      >
        {({ holdings }) => <HoldingsTable holdings={holdings} now={now} />}
      </Panel>
      <div className={isEmpty ? 'grid gap-5' : 'grid items-start gap-5 xl:grid-cols-[2fr_1fr]'}>
        <div className="grid min-w-0 gap-5">
          {!isEmpty && (
            <Panel title={text.touching} hint={text.touchingHint} asked={quiet} rows={2}>
              {({ holdings }) => <TouchingCalls holdings={holdings} now={now} />}
            </Panel>
          )}
          <WatchlistCard asked={watchlist} now={now} />
        </div>
        {!isEmpty && (
          <Panel title={text.exposure} asked={quiet} rows={10}>
            {(data) => <Exposure portfolio={data} now={now} />}
          </Panel>
        )}
      </div>
      <TransactionsCard
        asked={transactions}
        onNewer={pages.newer}
        onOlder={pages.older(transactions.data?.next)}
        onChange={changed}
      />
    </div>
  )
}
