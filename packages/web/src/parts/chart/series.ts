import {
  createTextWatermark,
  HistogramSeries,
  LineSeries,
  LineStyle,
  type IChartApi,
  type ISeriesApi,
  type SeriesType,
  type UTCTimestamp,
} from 'lightweight-charts'
import { toNumber } from '@pumpiq/domain'
import type { ChartBar, ChartData, ChartLine, ChartPane } from './chart-words.ts'
import { lifted, shownOnScale, type PriceScale } from './scale.ts'
import { faded, type ChartTheme } from './theme.ts'

export const secondsOf = (at: number): UTCTimestamp => (at / 1000) as UTCTimestamp

/** How a library shows prices that are lifted. */
export const formatOf = (scale: PriceScale) =>
  ({
    type: 'custom',
    minMove: 10 ** -scale.decimals,
    formatter: (value: number) => shownOnScale(value, scale),
  }) as const

/** The lines on the candles, and the strips below them with all that is in them. */
export function extraSeries(chart: IChartApi, data: ChartData, scale: PriceScale, theme: ChartTheme) {
  const overlays = (data.overlays ?? []).map((line) => addLine(chart, data.bars, line, 0, scale, theme))
  const panes = (data.panes ?? []).flatMap((pane, i) => addPane(chart, data.bars, pane, i + 1, scale, theme))
  chart.panes().forEach((pane, i) => pane.setStretchFactor(i === 0 ? 4 : 1))
  return [...overlays, ...panes]
}

function addPane(
  chart: IChartApi,
  bars: readonly ChartBar[],
  { label, lines = [], columns, guides = [], figures }: ChartPane,
  index: number,
  prices: PriceScale,
  theme: ChartTheme,
) {
  const scale = figures === 'price' ? prices : null
  const made: ISeriesApi<SeriesType>[] = []
  if (columns) {
    const priceFormat = scale ? formatOf(scale) : ({ type: 'volume' } as const)
    const series = chart.addSeries(
      HistogramSeries,
      { priceFormat, lastValueVisible: false, priceLineVisible: false },
      index,
    )
    series.setData(
      bars.map(({ at, open, close }, i) => {
        const value = columns.values[i]
        const isRise = columns.signed ? (value ?? 0) >= 0 : toNumber(close) >= toNumber(open)
        const color = faded(isRise ? theme.buy : theme.sell, 0.55)
        return value == null ? { time: secondsOf(at) } : { time: secondsOf(at), value: put(value, scale), color }
      }),
    )
    made.push(series)
  }
  for (const line of lines) {
    const series = addLine(chart, bars, line, index, scale, theme)
    if (figures === 'count') series.applyOptions({ priceFormat: { type: 'volume' } })
    made.push(series)
  }
  made[0]?.priceScale().applyOptions({ scaleMargins: { top: 0.28, bottom: 0.08 } })
  const name = { text: label, color: theme.muted, fontSize: 11, fontFamily: theme.font }
  const named = chart.panes()[index]
  if (named) createTextWatermark(named, { horzAlign: 'left', vertAlign: 'top', lines: [name] })
  for (const guide of guides)
    made[0]?.createPriceLine({
      price: guide,
      color: theme.line2,
      lineWidth: 1,
      lineStyle: LineStyle.Dashed,
      axisLabelVisible: false,
      title: '',
    })
  return made
}

function addLine(
  chart: IChartApi,
  bars: readonly ChartBar[],
  { tone, dashed = false, values }: ChartLine,
  pane: number,
  scale: PriceScale | null,
  theme: ChartTheme,
): ISeriesApi<'Line'> {
  const told = bars.flatMap(({ at }, i) => {
    const value = values[i]
    return value == null ? [] : [{ at, value }]
  })
  const look = {
    color: theme[tone],
    // What is told now and then is seen where it was told; the line between is no more than a line.
    pointMarkersVisible: told.length * 2 < bars.length,
    lineWidth: 1,
    lineStyle: dashed ? LineStyle.Dashed : LineStyle.Solid,
    priceLineVisible: false,
    lastValueVisible: false,
    crosshairMarkerVisible: false,
    ...(scale && { priceFormat: formatOf(scale) }),
  } as const
  const series = chart.addSeries(LineSeries, look, pane)
  series.setData(told.map(({ at, value }) => ({ time: secondsOf(at), value: put(value, scale) })))
  return series
}

const put = (value: number, scale: PriceScale | null): number => (scale ? lifted(value, scale) : value)
