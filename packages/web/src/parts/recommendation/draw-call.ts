import { showPrice, toNumber, type Recommendation } from '@pumpiq/domain'
import { levelsOf, scaleOf, spread, type Level } from '../../words/ladder.ts'
import { instant, percent, signed, words } from '../../words/show.ts'

/** As pages that show links expect it. */
export const pictureSize = { width: 1200, height: 630 } as const

/** One look, whatever the theme of who shares it: what is sent on is read elsewhere. */
const ink = { paper: '#0c1211', card: '#131b19', text: '#e6ede9', soft: '#b3c0ba', faint: '#8f9d97', line: '#3a4842' }
const tones = { target: '#55cf93', stop: '#ff9085', edge: '#b2c0c9', price: '#e6ede9' } as const satisfies Record<
  Level['tone'],
  string
>
const types = { BUY: '#55cf93', SELL: '#ff9085', HOLD: '#b2c0c9', AVOID: '#ecb865' } as const
const sans = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'
const left = 56
/** Where the levels begin. */
const right = 660

type Pen = CanvasRenderingContext2D

/** The call, its levels to scale, its chance against break-even and the hash of its seal; SIMULATED where it is. `host` is where it can be checked. */
export function drawCall(pen: Pen, call: Recommendation, host: string): void {
  const { width, height } = pictureSize
  pen.fillStyle = ink.paper
  pen.fillRect(0, 0, width, height)
  const isSimulated = call.labels.includes('SIMULATED')
  if (isSimulated) drawHazard(pen)
  drawHead(pen, call, isSimulated ? 132 : 104)
  drawFigures(pen, call)
  drawLevels(pen, call)
  drawFoot(pen, call, host)
}

type Text = { size: number; color?: string; weight?: number; most?: number; mono?: boolean }

function write(
  pen: Pen,
  text: string,
  x: number,
  y: number,
  { size, color = ink.text, weight = 400, most, mono }: Text,
) {
  pen.font = `${weight} ${size}px ${mono ? 'ui-monospace, Menlo, Consolas, monospace' : sans}`
  pen.fillStyle = color
  pen.fillText(text, x, y, most)
  return Math.min(pen.measureText(text).width, most ?? Infinity)
}

function drawHazard(pen: Pen) {
  pen.fillStyle = '#f7c948'
  pen.fillRect(0, 0, pictureSize.width, 44)
  write(pen, 'SIMULATED: a practice market. Nothing here is real.', left, 30, {
    size: 20,
    color: '#1d1600',
    weight: 700,
  })
}

function drawHead(pen: Pen, call: Recommendation, y: number) {
  const { symbol, type, abstained, actionable } = call
  const isCall = abstained === null
  const wide = write(pen, symbol, left, y, { size: 60, weight: 700, most: 320 })
  write(pen, isCall ? type : 'NO CALL', left + wide + 24, y, {
    size: 44,
    weight: 700,
    color: isCall ? types[type] : ink.soft,
  })
  const isTrade = isCall && (type === 'BUY' || type === 'SELL')
  const edge = actionable.yes ? 'measured edge' : 'no measured edge'
  write(pen, `${words(call.timeframe)}, ${words(call.mode)}${isTrade ? `: ${edge}` : ''}`, left, y + 44, {
    size: 24,
    color: ink.soft,
    most: right - left - 40,
  })
  write(pen, `issued ${instant(call.issuedAt, 'UTC')}, until ${instant(call.expiresAt, 'UTC')}`, left, y + 78, {
    size: 20,
    color: ink.faint,
    most: right - left - 40,
  })
}

function drawFigures(pen: Pen, { confidence, breakEven, expectedR, riskReward, riskRating, type }: Recommendation) {
  const rows: [string, string][] = []
  if (confidence) {
    const { value, low, high, n, method } = confidence
    const what = type === 'HOLD' ? 'stays in its band' : 'target 1 before stop'
    rows.push([percent(value), `${what}, ${percent(low)} to ${percent(high)}, ${method}, n ${n}`])
  }
  if (breakEven !== null) rows.push([percent(breakEven), 'is where it breaks even'])
  if (expectedR !== null) rows.push([`${signed(expectedR)} R`, 'expected, after costs'])
  if (riskReward !== null) rows.push([`${riskReward.toFixed(2)} R`, 'reward to risk, net'])
  rows.push([words(riskRating), 'risk'])
  rows.forEach(([figure, what], i) => {
    write(pen, figure, left, 292 + i * 46, { size: 30, weight: 650, most: 130 })
    write(pen, what, left + 146, 291 + i * 46, { size: 20, color: ink.soft, most: right - left - 190 })
  })
}

function drawLevels(pen: Pen, call: Recommendation) {
  const levels = levelsOf(call)
  if (levels.length < 2) return
  const [top, tall] = [76, 420]
  const scale = scaleOf(
    levels.map(({ price }) => toNumber(price)),
    tall,
  )
  const at = levels.map(({ price }) => scale(toNumber(price)))
  const labels = spread(at, 34, tall - 8)
  levels.forEach(({ label, price, tone }, i) => {
    pen.strokeStyle = tones[tone]
    pen.lineWidth = tone === 'stop' || tone === 'target' ? 3 : 2
    pen.setLineDash(tone === 'price' ? [4, 6] : [])
    pen.beginPath()
    pen.moveTo(right, top + at[i]!)
    pen.lineTo(right + 150, top + at[i]!)
    pen.lineTo(right + 176, top + labels[i]!)
    pen.stroke()
    write(pen, `${label}  ${showPrice(price)}`, right + 188, top + labels[i]! + 8, {
      size: 23,
      weight: 600,
      color: tones[tone],
      most: pictureSize.width - right - 188 - left,
    })
  })
  pen.setLineDash([])
}

function drawFoot(pen: Pen, { seal, id }: Recommendation, host: string) {
  const y = pictureSize.height - 76
  pen.fillStyle = ink.line
  pen.fillRect(left, y - 32, pictureSize.width - 2 * left, 1)
  const sealed = seal ? `seal ${seal.seq}  ${seal.hash}` : 'not sealed'
  write(pen, sealed, left, y, { size: 18, color: ink.soft, mono: true, most: pictureSize.width - 2 * left })
  write(pen, `PumpIQ  ${host}/recommendations/${id}`, left, y + 30, {
    size: 17,
    color: ink.faint,
    mono: true,
    most: 760,
  })
  write(pen, 'Not financial advice.', pictureSize.width - left - 190, y + 30, { size: 18, color: ink.faint })
}
