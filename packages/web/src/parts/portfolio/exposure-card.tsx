import type { Portfolio } from '@pumpiq/api'
import type { Price } from '@pumpiq/domain'
import { exposureByCall, type Stance } from '../../words/exposure.ts'
import { usd } from '../../words/money.ts'
import { figure } from '../../words/show.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'

type Props = { portfolio: Portfolio; now: number }

const grounds: Record<Stance, string> = {
  BUY: 'bg-buy',
  HOLD: 'bg-hold',
  SELL: 'bg-sell',
  AVOID: 'bg-avoid',
  none: 'bg-line-2',
}

/** Where the value lies: under which call of the house, and on which chain. */
export function Exposure({ portfolio: { holdings, exposure }, now }: Props) {
  const byCall = exposureByCall(holdings, now)
  if (byCall.length === 0) return <p className="text-sm text-ink-2">{text.exposureNone}</p>
  return (
    <div className="grid gap-5">
      <div>
        <h3 className="mb-2">{text.byCall}</h3>
        <ul className="grid gap-2.5">
          {byCall.map(({ stance, value, sharePct, symbols }) => (
            <Share
              key={stance}
              name={text.stances[stance]}
              more={symbols.join(', ')}
              value={value}
              sharePct={sharePct}
              ground={grounds[stance]}
            />
          ))}
        </ul>
      </div>
      <div>
        <h3 className="mb-2">{text.byChain}</h3>
        <ul className="grid gap-2.5">
          {exposure.byChain.map(({ name, value, sharePct }) => (
            <Share key={name} name={name} value={value} sharePct={sharePct} ground="bg-accent" />
          ))}
        </ul>
      </div>
    </div>
  )
}

type ShareProps = { name: string; more?: string; value: Price; sharePct: number | null; ground: string }

const Share = ({ name, more, value, sharePct, ground }: ShareProps) => (
  <li className="grid gap-1 text-sm">
    <span className="flex items-baseline gap-2">
      <span>{name}</span>
      <span className="num ml-auto whitespace-nowrap">{sharePct === null ? '–' : `${figure(sharePct, 1)} %`}</span>
    </span>
    <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-raised">
      <span className={`block h-full rounded-full ${ground}`} style={{ width: `${sharePct ?? 0}%` }} />
    </span>
    <span className="flex flex-wrap gap-x-2 text-xs text-ink-3">
      {more !== undefined && <bdi>{more}</bdi>}
      <span className="num ml-auto">{usd(value)}</span>
    </span>
  </li>
)
