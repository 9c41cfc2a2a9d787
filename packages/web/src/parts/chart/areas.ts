import type {
  IChartApi,
  IPrimitivePaneRenderer,
  ISeriesApi,
  ISeriesPrimitive,
  Logical,
  SeriesAttachedParameter,
} from 'lightweight-charts'
import { toNumber } from '@pumpiq/domain'
import type { ChartBar, ChartData, ChartLevel } from './chart-words.ts'
import { lifted, placeOf, type PriceScale } from './scale.ts'
import { faded, type ChartTheme } from './theme.ts'

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0]
type Scope = Parameters<Parameters<Target['useMediaCoordinateSpace']>[0]>[0]
type Shown = Pick<ChartData, 'bars' | 'intervalMs' | 'zones' | 'marks' | 'levels' | 'fit'>

/** Zones behind the candles and marks before them, drawn with the chart they belong to. */
export function createAreas(theme: ChartTheme) {
  let chart: IChartApi | null = null
  let series: ISeriesApi<'Candlestick'> | null = null
  let redraw: () => void = () => {}
  let shown: Shown = { bars: [], intervalMs: 60_000 }
  let scale: PriceScale = { lift: 0, decimals: 2 }

  // The library places whole bars alone; what lies between two is placed between them.
  const xOfBar = (index: number): number | null => chart?.timeScale().logicalToCoordinate(index as Logical) ?? null
  const x = (at: number): number | null => {
    const place = placeOf(at, shown.bars, shown.intervalMs)
    const left = xOfBar(Math.floor(place))
    const right = xOfBar(Math.floor(place) + 1)
    return left === null || right === null ? null : left + (right - left) * (place - Math.floor(place))
  }
  const y = (value: Parameters<typeof toNumber>[0]): number | null =>
    series?.priceToCoordinate(lifted(toNumber(value), scale)) ?? null

  const drawZones = ({ context, mediaSize }: Scope) => {
    for (const { tone, low, high, from, to, label } of shown.zones ?? []) {
      const [left, top, bottom] = [x(from), y(high), y(low)]
      const right = to == null ? mediaSize.width : x(to)
      if (left === null || right === null || top === null || bottom === null) continue
      // What ends within its candle is still seen.
      const width = Math.max(right - left, 3)
      context.fillStyle = faded(theme[tone], 0.12)
      context.fillRect(left, top, width, Math.max(bottom - top, 1))
      context.fillStyle = faded(theme[tone], 0.7)
      context.fillRect(left, top, 1.5, Math.max(bottom - top, 1))
      if (label === undefined || width < 60 || bottom - top < 14) continue
      context.font = `600 11px ${theme.font}`
      context.fillStyle = theme[tone]
      context.fillText(label, Math.max(left, 0) + 6, top + 13)
    }
  }
  const drawMarks = ({ context }: Scope) => {
    for (const { at, price, sign, tone } of shown.marks ?? []) {
      const [left, top] = [x(at), y(price)]
      if (left === null || top === null) continue
      context.beginPath()
      context.arc(left, top, 9, 0, 2 * Math.PI)
      context.fillStyle = theme.card
      context.fill()
      context.lineWidth = 1.5
      context.strokeStyle = theme[tone]
      context.stroke()
      context.font = `600 11px ${theme.font}`
      context.fillStyle = theme[tone]
      context.textAlign = 'center'
      context.fillText(sign, left, top + 4)
      context.textAlign = 'start'
    }
  }
  const viewOf = (zOrder: 'bottom' | 'top', draw: (scope: Scope) => void) => ({
    zOrder: () => zOrder,
    renderer: () => ({ draw: (target: Target) => target.useMediaCoordinateSpace(draw) }),
  })
  const views = [viewOf('bottom', drawZones), viewOf('top', drawMarks)]

  const primitive: ISeriesPrimitive = {
    attached(attached: SeriesAttachedParameter) {
      chart = attached.chart
      series = attached.series as ISeriesApi<'Candlestick'>
      redraw = attached.requestUpdate
    },
    paneViews: () => views,
    autoscaleInfo(first, last) {
      const seen = shown.bars.slice(Math.max(0, Math.floor(first)), Math.ceil(last) + 1)
      const range = fitted(seen, shown.levels ?? [], shown.fit)
      return range && { priceRange: { minValue: lifted(range.low, scale), maxValue: lifted(range.high, scale) } }
    },
  }
  return {
    primitive,
    x,
    show(next: Shown, on: PriceScale) {
      shown = next
      scale = on
      redraw()
    },
  }
}

/** So many times as high as the candles a scale may become for levels near them. */
const mostTimes = 2.5

/** From the lowest to the highest that must be seen: the candles with all levels, or with as many of the nearest as leave them large. */
export function fitted(
  bars: readonly Pick<ChartBar, 'low' | 'high'>[],
  levels: readonly Pick<ChartLevel, 'price'>[],
  fit: ChartData['fit'] = 'all',
): { low: number; high: number } | null {
  let low = Math.min(...bars.map((bar) => toNumber(bar.low)))
  let high = Math.max(...bars.map((bar) => toNumber(bar.high)))
  const most = (high - low) * mostTimes
  const away = (price: number) => Math.max(low - price, price - high)
  for (const price of levels.map((level) => toNumber(level.price)).toSorted((a, b) => away(a) - away(b))) {
    const [lower, higher] = [Math.min(low, price), Math.max(high, price)]
    if (fit === 'near' && higher - lower > most) continue
    low = lower
    high = higher
  }
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : null
}
