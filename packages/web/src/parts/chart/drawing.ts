import {
  CandlestickSeries,
  ColorType,
  createChart,
  LineStyle,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type SeriesType,
  type Time,
} from 'lightweight-charts'
import { toNumber } from '@pumpiq/domain'
import { instant } from '../../words/show.ts'
import { createAreas } from './areas.ts'
import type { ChartBar, ChartData } from './chart-words.ts'
import { aboutOf, lifted, scaleOf, type PriceScale } from './scale.ts'
import { extraSeries, formatOf, secondsOf } from './series.ts'
import { faded, type ChartTheme } from './theme.ts'

/** How much of what is there is seen, in bars counted from the first. */
export type Seen = { readonly from: number; readonly to: number }

export type Told = {
  /** Another part of it is seen, or at another size. */
  readonly onSeen: (seen: Seen | null) => void
  /** A candle is pointed at; null: none. */
  readonly onBar: (index: number | null) => void
}

export type Drawing = ReturnType<typeof createDrawing>

/** The chart itself, on a canvas. All that is known of the library stands here; it is loaded when a chart is shown. */
export function createDrawing(place: HTMLElement, theme: ChartTheme, { onSeen, onBar }: Told) {
  const chart = createChart(place, optionsOf(theme))
  const candles = chart.addSeries(CandlestickSeries, candleLook(theme))
  const areas = createAreas(theme)
  candles.attachPrimitive(areas.primitive)
  let bars: readonly ChartBar[] = []
  let extras: ISeriesApi<SeriesType>[] = []
  let levels: IPriceLine[] = []
  const tellSeen = () => onSeen(chart.timeScale().getVisibleLogicalRange())
  chart.timeScale().subscribeVisibleLogicalRangeChange(tellSeen)
  chart.timeScale().subscribeSizeChange(tellSeen)
  chart.subscribeCrosshairMove(({ logical, point }) => onBar(point && bars[logical ?? -1] ? (logical ?? null) : null))

  return {
    /** Draws this from now on; what is seen stays, unless it is `fresh`. */
    show(data: ChartData, fresh: boolean) {
      const scale = scaleOf(aboutOf(data.bars))
      bars = data.bars
      for (const series of extras) chart.removeSeries(series)
      for (const level of levels) candles.removePriceLine(level)
      candles.applyOptions({ priceFormat: formatOf(scale) })
      candles.setData(bars.map((bar) => candleOf(bar, scale)))
      extras = extraSeries(chart, data, scale, theme)
      levels = (data.levels ?? []).map(({ price, label, tone, dashed = false }) =>
        candles.createPriceLine({
          price: lifted(toNumber(price), scale),
          color: theme[tone],
          title: label,
          lineWidth: 1,
          lineStyle: dashed ? LineStyle.Dashed : LineStyle.Solid,
        }),
      )
      areas.show(data, scale)
      if (fresh) showNewest(chart, bars.length)
      tellSeen()
    },
    xOf: areas.x,
    seen: (): Seen | null => chart.timeScale().getVisibleLogicalRange(),
    see: (seen: Seen) => chart.timeScale().setVisibleLogicalRange(seen),
    newest: () => showNewest(chart, bars.length),
    /** Points at a candle as a mouse does. */
    point(index: number) {
      const bar = bars[index]
      if (bar)
        chart.setCrosshairPosition(lifted(toNumber(bar.close), scaleOf(aboutOf(bars))), secondsOf(bar.at), candles)
    },
    unpoint: () => chart.clearCrosshairPosition(),
    end: () => chart.remove(),
  }
}

/** All of a short past, the end of a long one. */
function showNewest(chart: IChartApi, count: number): void {
  const fitting = Math.max(20, Math.floor(chart.timeScale().width() / 7))
  const room = Math.max(4, Math.round(Math.min(count, fitting) * 0.12))
  chart.timeScale().setVisibleLogicalRange({ from: Math.max(count - fitting, -1), to: Math.max(count, 24) + room })
}

const optionsOf = (theme: ChartTheme) =>
  ({
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: theme.card },
      textColor: theme.ink2,
      fontFamily: theme.font,
      fontSize: 11,
      // The logo brings a style element along, which the policy of the pages forbids; a link stands below the chart.
      attributionLogo: false,
      panes: { separatorColor: theme.line2, separatorHoverColor: theme.line2, enableResize: false },
    },
    grid: { vertLines: { color: faded(theme.line, 0.6) }, horzLines: { color: faded(theme.line, 0.6) } },
    rightPriceScale: { borderColor: theme.line2 },
    timeScale: { borderColor: theme.line2, timeVisible: true, secondsVisible: false },
    crosshair: {
      vertLine: { color: theme.muted, labelBackgroundColor: theme.ink },
      horzLine: { color: theme.muted, labelBackgroundColor: theme.ink },
    },
    localization: { timeFormatter: (time: Time) => instant(new Date(Number(time) * 1000).toISOString()) },
    // The wheel and the finger that go up and down move the page.
    handleScroll: { vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  }) as const

/** A rise is hollow and a fall is filled: colour is not all that tells them apart. */
const candleLook = ({ buy, sell, card, ink2 }: ChartTheme) => ({
  upColor: card,
  borderUpColor: buy,
  wickUpColor: buy,
  downColor: sell,
  borderDownColor: sell,
  wickDownColor: sell,
  priceLineColor: ink2,
})

const candleOf = ({ at, open, high, low, close }: ChartBar, scale: PriceScale) => ({
  time: secondsOf(at),
  open: lifted(toNumber(open), scale),
  high: lifted(toNumber(high), scale),
  low: lifted(toNumber(low), scale),
  close: lifted(toNumber(close), scale),
})
