import type { ReactNode } from 'react'
import type { Price } from '@pumpiq/domain'

export type ChartTone = 'buy' | 'sell' | 'hold' | 'avoid' | 'accent' | 'ink' | 'muted'

/** A closed candle; `at` is the epoch ms of its open. */
export type ChartBar = {
  readonly at: number
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly close: Price
  readonly volume: Price
}

/** A line with a value at each candle, in their order; null where there is none. */
export type ChartLine = {
  readonly id: string
  readonly label: string
  readonly tone: ChartTone
  readonly dashed?: boolean
  readonly values: readonly (number | null)[]
}

/** A strip of its own below the prices, with its own scale. */
export type ChartPane = {
  readonly id: string
  readonly label: string
  readonly lines?: readonly ChartLine[]
  readonly columns?: Pick<ChartLine, 'label' | 'values'> & {
    /** Above 0 in the tone of a rise, below in that of a fall; else each as its candle went. */
    readonly signed?: boolean
  }
  /** Where dashed lines lie across it, such as 30 and 70. */
  readonly guides?: readonly number[]
  /** How its figures are told: as prices, as large counts with their unit, or, unless said, as numbers with two decimals. */
  readonly figures?: 'price' | 'count'
}

/** An area between two prices and two instants (epoch ms): an entry zone, a way to a target. Without `to` it goes on to the right edge. */
export type ChartZone = {
  readonly id: string
  readonly label?: string
  readonly tone: ChartTone
  readonly low: Price
  readonly high: Price
  readonly from: number
  readonly to?: number | null
}

/** A price with its name, across the whole chart and at its scale. */
export type ChartLevel = {
  readonly id: string
  readonly label: string
  readonly tone: ChartTone
  readonly price: Price
  readonly dashed?: boolean
}

/** A short sign in a circle, at an instant and a price: what happened there. */
export type ChartMark = {
  readonly id: string
  readonly at: number
  readonly price: Price
  /** One or two characters. */
  readonly sign: string
  readonly label: string
  readonly tone: ChartTone
}

/** Something at an instant, told when it is pointed at or focused: news, a move, an earlier call. */
export type ChartPin = {
  readonly id: string
  readonly at: number
  readonly tone: ChartTone
  /** What it is, in a word. */
  readonly kind: string
  readonly sign: string
  readonly title: ReactNode
  readonly detail?: ReactNode
}

/** What a chart is drawn from. */
export type ChartData = {
  /** Oldest first. */
  readonly bars: readonly ChartBar[]
  readonly intervalMs: number
  readonly overlays?: readonly ChartLine[]
  readonly panes?: readonly ChartPane[]
  readonly zones?: readonly ChartZone[]
  readonly levels?: readonly ChartLevel[]
  /** Whether the scale is made to show every level, or as many of the near ones as leave the candles large; all unless said. */
  readonly fit?: 'all' | 'near'
  readonly marks?: readonly ChartMark[]
}
