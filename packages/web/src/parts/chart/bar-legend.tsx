import { priceOf, showPrice, type Price } from '@pumpiq/domain'
import { instant } from '../../words/show.ts'
import { chartTexts as text } from '../../words/texts/chart.ts'
import type { ChartData, ChartPane, ChartTone } from './chart-words.ts'

const inks: Readonly<Record<ChartTone, string>> = {
  buy: 'text-buy',
  sell: 'text-sell',
  hold: 'text-hold',
  avoid: 'text-avoid',
  accent: 'text-accent',
  ink: 'text-ink',
  muted: 'text-ink-3',
}

/** What the candle that is pointed at says, else the newest: its prices, and what each line comes to there. */
export function BarLegend({ bars, overlays, panes, index }: ChartData & { index: number }) {
  const bar = bars[index]
  const lines = [
    ...(overlays ?? []).map((line) => ({ ...line, figures: 'price' as const })),
    ...(panes ?? []).flatMap(({ lines: own = [], figures }) => own.map((line) => ({ ...line, figures }))),
  ]
  const letters = text.letters
  return (
    <p
      aria-live="polite"
      className="num flex min-h-10 flex-wrap sm:min-h-5 content-start gap-x-3 text-xs leading-5 text-ink-2"
    >
      {bar && (
        <>
          <span className="text-ink-3">{instant(new Date(bar.at).toISOString())}</span>
          {(['open', 'high', 'low', 'close'] as const).map((name) => (
            <Named key={name} name={letters[name]} full={text[name]} value={showPrice(bar[name])} />
          ))}
          <Named name={letters.volume} full={text.volume} value={compact(bar.volume)} />
        </>
      )}
      {lines.map(({ id, label, tone, values, figures }) => (
        <span key={id} className={inks[tone]}>
          {label} {shownOf(values[index], figures)}
        </span>
      ))}
    </p>
  )
}

const Named = ({ name, full, value }: { name: string; full: string; value: string }) => (
  <span>
    <abbr title={full} className="text-ink-3 no-underline">
      {name}
    </abbr>{' '}
    <span className="text-ink">{value}</span>
  </span>
)

const compact = (volume: number | Price): string =>
  Number(volume).toLocaleString('en', { notation: 'compact', maximumFractionDigits: 2 })

/** A figure of a line: as a price to five digits, as a count, or to two decimals. */
function shownOf(value: number | null | undefined, figures: ChartPane['figures']): string {
  if (value == null) return '–'
  const told =
    figures === 'price'
      ? showPrice(priceOf(Number(value.toPrecision(5))))
      : figures === 'count'
        ? compact(value)
        : value.toFixed(2)
  return told.replace('-', '−')
}
