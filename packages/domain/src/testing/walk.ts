import { candlesOf, type Bar, type Candles } from '../words/candles.ts'

/** Mulberry32: small, seeded, the same everywhere. */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

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
  intervalMs = 3_600_000,
  sigma = 0.01,
  drift = 0,
  firstOpenAt = 1_600_000_000_000 - (1_600_000_000_000 % 3_600_000),
  decimals = 4,
}: Walk = {}): Candles {
  const chance = seededChance(seed)
  const gauss = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
  const scale = 10 ** decimals
  const onTick = (value: number) => Math.max(1, Math.round(value * scale)) / scale
  const rows: Bar[] = []
  let open = onTick(start)
  for (let i = 0; i < bars; i++) {
    const path = [open]
    for (let step = 0; step < 12; step++)
      path.push(path.at(-1)! * Math.exp(drift / 12 + (sigma / Math.sqrt(12)) * gauss()))
    const close = onTick(path.at(-1)!)
    rows.push({
      openAt: firstOpenAt + i * intervalMs,
      open,
      high: Math.max(onTick(Math.max(...path)), open, close),
      low: Math.min(onTick(Math.min(...path)), open, close),
      close,
      volume: Math.round(1e6 * (0.5 + chance())) / 100,
    })
    open = close
  }
  return candlesOf('test:WALK:1h', intervalMs, rows)
}
