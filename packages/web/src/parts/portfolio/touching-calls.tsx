import type { Portfolio } from '@pumpiq/api'
import { showPrice } from '@pumpiq/domain'
import { Link, recommendationPath } from '../../paths.tsx'
import { touched } from '../../words/exposure.ts'
import { usd } from '../../words/money.ts'
import { relative } from '../../words/show.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { CallBadge } from '../call-badge.tsx'

type Holding = Portfolio['holdings'][number]
type Props = { holdings: readonly Holding[]; now: number }

/** What the house says about what is held, those that say to get out first. */
export function TouchingCalls({ holdings, now }: Props) {
  const items = touched(holdings, now)
  if (items.length === 0) return <p className="text-sm text-ink-2">{text.noTouching}</p>
  return (
    <ul className="divide-y divide-line">
      {items.map((holding) => (
        <li key={holding.token} className="grid gap-1 py-3 first:pt-0 last:pb-0">
          <Touching holding={holding} now={now} />
        </li>
      ))}
    </ul>
  )
}

function Touching({ holding: { symbol, quantity, value, call, advised }, now }: { holding: Holding; now: number }) {
  if (call === null) return null
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        <span>
          {text.youHold}{' '}
          <b className="num">
            {showPrice(quantity)} <bdi>{symbol}</bdi>
          </b>
          {value !== null && <span className="num text-ink-2"> ({usd(value)})</span>}:
        </span>
        <CallBadge call={{ ...call, actionable: { yes: call.actionable, why: '' } }} />
        <span className="text-ink-2">{text.issued(relative(Date.parse(call.issuedAt), now))}</span>
        <span className="text-xs text-ink-3">{call.actionable ? text.measured : text.notMeasured}</span>
        <Link
          to={recommendationPath(call.id)}
          label={`${text.seeWhy}: ${call.type} ${symbol}`}
          className="ml-auto inline-flex min-h-6 items-center font-semibold text-accent"
        >
          {text.seeWhy}
        </Link>
      </p>
      <p className="num text-xs text-ink-2">{adviceOf(call.type, symbol, advised)}</p>
    </>
  )
}

function adviceOf(type: string, symbol: string, advised: Holding['advised']): string {
  if (type === 'SELL' || type === 'AVOID') return text.getOut[type]
  if (advised === null) return text.noSize
  const { units, quoteAmount, worstCaseLossQuote, riskPct, limitedBy } = advised
  const limit = limitedBy === 'risk' ? text.limitedByRisk : text.limitedByMost
  return `${text.fits(showPrice(units), symbol, usd(quoteAmount))} ${text.stopCosts(usd(worstCaseLossQuote), String(riskPct))} ${limit}`
}
