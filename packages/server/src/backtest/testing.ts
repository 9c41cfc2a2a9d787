import { writeFile } from 'node:fs/promises'
import { blankCandles, hours, type Candles } from '@pumpiq/domain'
import { readConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { seededRandom } from '../platform/random.ts'

/** Hourly or other candles of a made-up market: a walk with calm and wild weeks, on the epoch's grid. Equal seeds, equal candles. */
export function madeUpCandles({
  seed,
  length,
  startAt = Date.UTC(2023, 0, 1),
  intervalMs = hours(1),
  id = 'file:MADE',
}: MadeUp): Candles {
  const random = seededRandom(seed)
  const candles = blankCandles(id, intervalMs, length)
  const tick = (value: number) => Math.round(value * 1e4) / 1e4
  let price = 100
  for (let i = 0; i < length; i++) {
    const wild = 0.004 * (1 + (Math.floor(i / 168) % 3))
    const step = () => (random() + random() + random() - 1.5) * wild
    const open = tick(price)
    const close = tick(open * Math.exp(step() + 0.3 * wild * Math.sin(i / 90)))
    candles.openAt[i] = startAt + i * intervalMs
    candles.open[i] = open
    candles.close[i] = close
    candles.high[i] = tick(Math.max(open, close) * (1 + Math.abs(step()) / 2))
    candles.low[i] = tick(Math.min(open, close) * (1 - Math.abs(step()) / 2))
    candles.volume[i] = Math.round(50_000 * (0.5 + random()))
    price = close
  }
  return candles
}

type MadeUp = {
  readonly seed: number
  readonly length: number
  readonly startAt?: number
  readonly intervalMs?: number
  readonly id?: string
}

/** The candles as a file's text; `change` may alter or leave out (null) a bar. */
export function candleText(candles: Candles, change: (row: number[]) => number[] | null = (row) => row): string {
  const lines = ['ts,open,high,low,close,volume']
  for (let i = 0; i < candles.length; i++) {
    const { openAt, open, high, low, close, volume } = candles
    const row = change([openAt[i]!, open[i]!, high[i]!, low[i]!, close[i]!, volume[i]!])
    if (row) lines.push(row.join(','))
  }
  return `${lines.join('\n')}\n`
}

type Future = 'whole' | 'cut' | 'tenfold'

/** Writes the candles with what was not closed at the instant left as it is, left out, or multiplied by ten in price and volume. */
export async function writeWithFuture(path: string, candles: Candles, at: number, future: Future): Promise<void> {
  const text = candleText(candles, (row) => {
    const [openAt = 0, ...rest] = row
    if (future === 'whole' || openAt + candles.intervalMs <= at) return row
    return future === 'cut' ? null : [openAt, ...rest.map((value) => value * 10)]
  })
  await writeFile(path, text)
}

/** What a command touches, with everything it prints collected. */
export function collecting() {
  let printed = ''
  const outside = {
    stdout: (text: string) => void (printed += text),
    stderr: () => {},
    config: readConfig({}),
    clock: systemClock,
    version: 'test',
    abort: new AbortController().signal,
  }
  return { outside, printed: () => printed }
}
