import { memo } from 'react'
import { clsx } from 'clsx'
import { toNumber } from '@pumpiq/domain'
import type { Sparkline } from '../../data/market.ts'
import { signed, span } from '../../words/show.ts'
import { sparkPath } from '../../words/spark-path.ts'
import { marketTexts as text } from '../../words/texts/market.ts'
import { trendOf } from './rows.ts'

const width = 96
const height = 28

/** Where the price went over its last closed candles. */
export const Spark = memo(function Spark({ spark, stepMs }: { spark: Sparkline | null; stepMs: number }) {
  const change = trendOf(spark)
  if (!spark?.closes || change === null)
    return (
      <span className="text-ink-3" title={spark?.closes ? text.trendShort : text.trendNone}>
        –<span className="sr-only">{spark?.closes ? text.trendShort : text.trendNone}</span>
      </span>
    )
  const label = text.trendOf(`${signed(change, 1)} %`, span((spark.closes.length - 1) * stepMs), spark.source ?? '')
  return (
    <svg
      viewBox={`0 -2 ${width} ${height + 4}`}
      role="img"
      aria-label={label}
      className={clsx('h-8 w-24 fill-none', change >= 0 ? 'stroke-buy' : 'stroke-sell')}
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <title>{label}</title>
      <path
        d={sparkPath(
          spark.closes.map((close) => (close === null ? null : toNumber(close))),
          width,
          height,
        )}
      />
    </svg>
  )
})
