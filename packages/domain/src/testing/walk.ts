import { candlesOf, type Bar, type Candles } from '../words/candles.ts'
import { hours } from '../words/time.ts'
import { chance, gaussian } from './chance.ts'

export type Walk = {
  seed?: number
  bars?: number
  start?: number
  intervalMs?: number
  sigma?: number
  drift?: number
  firstOpenAt?: number
  decimals?: number
}

/** Candles of a seeded random walk, on a tick of so many decimals. */
export function walk({
  seed = 1,
  bars = 600,
  start = 100,
  intervalMs = hours(1),
  sigma = 0.01,
  drift = 0,
  firstOpenAt = 1_600_000_000_000 - (1_600_000_000_000 % hours(1)),
  decimals = 4,
}: Walk = {}): Candles {
  const random = chance(seed)
  const scale = 10 ** decimals
  const onTick = (value: number) => Math.max(1, Math.round(value * scale)) / scale
  const rows: Bar[] = []
  let open = onTick(start)
  for (let i = 0; i < bars; i++) {
    const path = [open]
    for (let step = 0; step < 12; step++)
      path.push(path.at(-1)! * Math.exp(drift / 12 + (sigma / Math.sqrt(12)) * gaussian(random)))
    const close = onTick(path.at(-1)!)
    rows.push({
      openAt: firstOpenAt + i * intervalMs,
      open,
      high: Math.max(onTick(Math.max(...path)), open, close),
      low: Math.min(onTick(Math.min(...path)), open, close),
      close,
      volume: Math.round(1e6 * (0.5 + random())) / 100,
    })
    open = close
  }
  return candlesOf('test:WALK:1h', intervalMs, rows)
}
