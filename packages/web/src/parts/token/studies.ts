import { toNumber } from '@pumpiq/domain'
import { tokenTexts as text } from '../../words/texts/token.ts'
import type { ChartLine, ChartPane, ChartTone } from '../chart/chart-words.ts'
import type { MergedHistory } from './history.ts'

/** What may be drawn on and below the candles. */
export const studies = [
  'volume',
  'ema',
  'bollinger',
  'rsi',
  'macd',
  'atr',
  'sentiment',
  'holders',
  'liquidity',
  'whales',
] as const
export type Study = (typeof studies)[number]

type Columns = MergedHistory['technical']

const line = (columns: Columns, id: string, label: string, tone: ChartTone, dashed = false): ChartLine => ({
  id,
  label,
  tone,
  dashed,
  values: columns[id] ?? [],
})

const hasAny = (values: readonly (number | null)[] | undefined): boolean =>
  values?.some((value) => value !== null) ?? false

/** Of these the history has nothing to draw yet: an indicator still warms up, a source has told nothing. */
export function emptyStudies({ bars, technical, onchain, sentiment }: MergedHistory): ReadonlySet<Study> {
  const told: Readonly<Record<Study, boolean>> = {
    volume: bars.length > 0,
    ema: hasAny(technical['ema20']),
    bollinger: hasAny(technical['bollingerUpper']),
    rsi: hasAny(technical['rsi14']),
    macd: hasAny(technical['macd']),
    atr: hasAny(technical['atr14']),
    sentiment: hasAny(sentiment['news']) || hasAny(sentiment['social']),
    holders: hasAny(onchain['holders']),
    liquidity: hasAny(onchain['liquidityUsd']),
    whales: hasAny(onchain['whaleNet24hUsd']),
  }
  return new Set(studies.filter((study) => !told[study]))
}

export function overlaysOf({ technical }: MergedHistory, on: ReadonlySet<Study>): ChartLine[] {
  return [
    ...(on.has('ema') ? [line(technical, 'ema20', text.lines.ema20, 'accent')] : []),
    ...(on.has('bollinger')
      ? [
          line(technical, 'bollingerUpper', text.lines.bollingerUpper, 'hold'),
          line(technical, 'bollingerMiddle', text.lines.bollingerMiddle, 'hold', true),
          line(technical, 'bollingerLower', text.lines.bollingerLower, 'hold'),
        ]
      : []),
  ]
}

const volumeOf = ({ bars }: MergedHistory): ChartPane => ({
  id: 'volume',
  label: text.studies.volume,
  columns: { label: text.studies.volume, values: bars.map(({ volume }) => toNumber(volume)) },
})

const macdOf = ({ technical }: MergedHistory): ChartPane => ({
  id: 'macd',
  label: text.studies.macd,
  figures: 'price',
  columns: { label: text.lines.macdHistogram, values: technical['macdHistogram'] ?? [], signed: true },
  lines: [
    line(technical, 'macd', text.lines.macd, 'accent'),
    line(technical, 'macdSignal', text.lines.macdSignal, 'avoid', true),
  ],
})

const sentimentOf = ({ sentiment }: MergedHistory): ChartPane => ({
  id: 'sentiment',
  label: text.studies.sentiment,
  guides: [50],
  lines: [
    line(sentiment, 'news', text.lines.news, 'accent'),
    line(sentiment, 'social', text.lines.social, 'avoid', true),
  ],
})

const paneMakers: Readonly<Record<Exclude<Study, 'ema' | 'bollinger'>, (history: MergedHistory) => ChartPane>> = {
  volume: volumeOf,
  rsi: ({ technical }) => ({
    id: 'rsi',
    label: text.studies.rsi,
    guides: [30, 70],
    lines: [line(technical, 'rsi14', text.studies.rsi, 'accent')],
  }),
  macd: macdOf,
  atr: ({ technical }) => ({
    id: 'atr',
    label: text.studies.atr,
    figures: 'price',
    lines: [line(technical, 'atr14', text.studies.atr, 'avoid')],
  }),
  sentiment: sentimentOf,
  holders: ({ onchain }) => ({
    id: 'holders',
    label: text.studies.holders,
    figures: 'count',
    lines: [line(onchain, 'holders', text.studies.holders, 'hold')],
  }),
  liquidity: ({ onchain }) => ({
    id: 'liquidity',
    label: text.studies.liquidity,
    figures: 'count',
    lines: [line(onchain, 'liquidityUsd', text.studies.liquidity, 'hold')],
  }),
  whales: ({ onchain }) => ({
    id: 'whales',
    label: text.studies.whales,
    figures: 'count',
    columns: { label: text.studies.whales, values: onchain['whaleNet24hUsd'] ?? [], signed: true },
  }),
}

/** In the order in which they are listed. */
export const panesOf = (history: MergedHistory, on: ReadonlySet<Study>): ChartPane[] =>
  studies.flatMap((study) =>
    on.has(study) && study !== 'ema' && study !== 'bollinger' ? [paneMakers[study](history)] : [],
  )
