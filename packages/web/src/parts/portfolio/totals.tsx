import type { ReactNode } from 'react'
import type { Portfolio } from '@pumpiq/api'
import type { Price } from '@pumpiq/domain'
import { gainClass, inOwnCurrency, signedPct, signedUsd, usd } from '../../words/money.ts'
import { relative } from '../../words/show.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Note } from '../kit/note.tsx'

type Props = { totals: Portfolio['totals']; now: number }

/** All of it in four sums, and what is in none of them. */
export function Totals({ totals, now }: Props) {
  const { value, cost, realised, unrealised, unrealisedPct, netInvested, fees, total, totalPct } = totals
  const oldest = totals.oldestPriceAt
  const own = inOwnCurrency(value)
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line shadow-card lg:grid-cols-4">
        <Sum name={text.value} sum={<span title={value}>{usd(value)}</span>}>
          {oldest === null
            ? text.invested(usd(netInvested), usd(fees))
            : text.pricesSince(relative(Date.parse(oldest), now))}
          {own !== null && <span className="num block">{text.ownRate(own)}</span>}
        </Sum>
        <Sum name={text.unrealised} sum={<Gain value={unrealised} pct={unrealisedPct} />}>
          {text.costOf(usd(cost))}
        </Sum>
        <Sum name={text.realised} sum={<Gain value={realised} />}>
          {text.ofSales}
        </Sum>
        <Sum name={text.gain} sum={<Gain value={total} pct={totalPct} />}>
          {totalPct === null && !totals.complete ? text.percentUnknown : text.invested(usd(netInvested), usd(fees))}
        </Sum>
      </dl>
      {!totals.complete && (
        <Note title={text.incomplete}>
          <ul className="mt-1 list-disc pl-5 wrap-anywhere">
            {totals.missing.map((what) => (
              <li key={what}>
                <bdi>{what}</bdi>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  )
}

const Sum = ({ name, sum, children }: { name: string; sum: ReactNode; children: ReactNode }) => (
  <div className="grid min-w-0 content-start gap-0.5 bg-card p-4">
    <dt className="text-xs font-medium text-ink-2">{name}</dt>
    <dd className="num text-lg font-semibold tracking-tight break-words sm:text-2xl">{sum}</dd>
    <dd className="text-xs text-ink-3">{children}</dd>
  </div>
)

/** A gain in money, and in percent where that is known. */
export const Gain = ({ value, pct = null }: { value: Price; pct?: number | null }) => (
  <span className={gainClass(value)} title={value}>
    {signedUsd(value)}
    {pct !== null && <span className="ml-2 text-sm font-medium whitespace-nowrap">{signedPct(pct)}</span>}
  </span>
)
