import type { Curve, Result } from './report.ts'
import { html, type Markup } from './markup.ts'

/** Told apart by their dashes too, for who sees no colours. */
const strokes = [
  { colour: '#0b5cad', dash: 'none', width: 2.5 },
  { colour: '#8a5a00', dash: '7 3', width: 1.5 },
  { colour: '#7a2f8f', dash: '2 3', width: 1.5 },
  { colour: '#2b6b3f', dash: '10 3 2 3', width: 1.5 },
  { colour: '#9c2f2f', dash: '4 4', width: 1.5 },
] as const

const size = { width: 620, height: 240, left: 52, right: 10, top: 12, bottom: 26 } as const

type Scale = (value: number) => number

const scaleOf =
  (from: number, to: number, low: number, high: number): Scale =>
  (value) =>
    low + ((value - from) / (to - from || 1)) * (high - low)

const place = (value: number): string => value.toFixed(1)

/** Sums of R against time: the calls beside baselines on the same windows at the same stake. */
export function equityPlot(curves: readonly Curve[], title: string): Markup {
  const points = curves.flatMap((curve) => curve.points)
  if (points.length < 2) return html`<p class="quiet">No closed calls to draw.</p>`
  const times = points.map(([at]) => at)
  const sums = [0, ...points.map(([, sum]) => sum)]
  const [from, to] = [Math.min(...times), Math.max(...times)]
  const [low, high] = [Math.min(...sums), Math.max(...sums)]
  const x = scaleOf(from, to, size.left, size.width - size.right)
  const y = scaleOf(low, high, size.height - size.bottom, size.top)
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  return html`<figure>
    <svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}">
      ${[low, 0, high].map((value) => gridLine(y(value), `${value.toFixed(0)} R`))}
      <text x="${size.left}" y="${size.height - 8}">${day(from)}</text>
      <text x="${size.width - size.right}" y="${size.height - 8}" text-anchor="end">${day(to)}</text>
      ${curves.map((curve, i) => path(curve, i, x, y)).toReversed()}
    </svg>
    <figcaption>${title} ${curves.map(({ label }, i) => legend(label, i))}</figcaption>
  </figure>`
}

const gridLine = (at: number, label: string): Markup =>
  html`<line x1="${size.left}" x2="${size.width - size.right}" y1="${place(at)}" y2="${place(at)}" class="grid" /><text
      x="${size.left - 6}"
      y="${place(at + 4)}"
      text-anchor="end"
      >${label}</text
    >`

function path({ points }: Curve, i: number, x: Scale, y: Scale): Markup {
  const { colour, dash, width } = strokes[i % strokes.length]!
  const d = points.map(([at, sum], k) => `${k === 0 ? 'M' : 'L'}${place(x(at))} ${place(y(sum))}`).join('')
  return html`<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}" />`
}

function legend(label: string, i: number): Markup {
  const { colour, dash, width } = strokes[i % strokes.length]!
  return html`<span class="legend"
    ><svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
      <line x1="0" x2="28" y1="4" y2="4" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}" /></svg
    >${label}</span
  >`
}

const square = 190
const edge = 30

/** What was said against what came: on the diagonal forecasts are as frequent as they say. Bars are intervals; bins of too few are left out. */
export function reliabilityPlot({ bins, n, ece, note }: Result['confidence']['shown'], title: string): Markup {
  const at = scaleOf(0, 1, edge, square - 8)
  const up = scaleOf(0, 1, square - edge, 8)
  const told = bins.filter(({ observed }) => observed !== null)
  const words = told.length === 0 ? (note ?? 'too few') : `n ${n}${ece === null ? '' : `, ECE ${ece.toFixed(3)}`}`
  return html`<figure class="small">
    <svg viewBox="0 0 ${square} ${square}" role="img" aria-label="${title}: ${words}">
      <line x1="${at(0)}" y1="${up(0)}" x2="${at(1)}" y2="${up(1)}" class="grid" />
      <line x1="${at(0)}" y1="${up(0)}" x2="${at(1)}" y2="${up(0)}" class="axis" />
      <line x1="${at(0)}" y1="${up(0)}" x2="${at(0)}" y2="${up(1)}" class="axis" />
      <text x="${at(0.5)}" y="${square - 6}" text-anchor="middle">said</text>
      <text x="10" y="${up(0.5)}" transform="rotate(-90 10 ${up(0.5)})" text-anchor="middle">came</text>
      ${told.map((bin) => binMark(bin, at, up))}
    </svg>
    <figcaption>${title}<br />${words}</figcaption>
  </figure>`
}

function binMark(bin: Result['confidence']['shown']['bins'][number], at: Scale, up: Scale): Markup {
  const x = place(at(bin.meanForecast ?? 0))
  return html`<line
      x1="${x}"
      x2="${x}"
      y1="${place(up(bin.low ?? 0))}"
      y2="${place(up(bin.high ?? 1))}"
      class="bar"
    /><circle cx="${x}" cy="${place(up(bin.observed ?? 0))}" r="3.5" />`
}
