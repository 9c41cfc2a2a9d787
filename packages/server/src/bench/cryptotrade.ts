import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Failure } from '@pumpiq/domain'
import { figures, maxDrawdownPct, play, strategies, type Figures, type Strategy } from './cryptotrade-rules.ts'
import { engineParams, engineStrategy } from './cryptotrade-engine.ts'
import { readOpens, type Opens } from './opens.ts'

/** What is run where. Read from the folder's `results.json`; the figures that stand there are never looked at. */
const Cell = z.object({
  asset: z.string().min(1),
  regime: z.string().min(1),
  start: z.iso.date(),
  end: z.iso.date(),
  strategy: z.string().min(1),
  params: z.record(z.string(), z.unknown()),
})
type Cell = z.output<typeof Cell>

export type CryptotradeRow = Cell & Figures & { readonly n_trades: number }
export type CryptotradeRun = { readonly row: CryptotradeRow; readonly maxDrawdownPct: number; readonly bound: boolean }

/** Ours, added to every window the folder names. */
const added = ['MACD_textbook', 'sell_all_on_day_1']

/** Every cell the folder names, then what we add on the same windows, in that order. */
export async function runCryptotrade(dir: string): Promise<readonly CryptotradeRun[]> {
  const opens = await readOpens(dir)
  const cells = await readCells(join(dir, 'results.json'))
  const missing = [...opens.keys()].filter((asset) => !cells.some((cell) => cell.asset === asset))
  if (missing.length > 0) throw new Failure('invalid', `${dir}: results.json names no cell for ${missing.join(', ')}`)
  return [...cells, ...windowsOf(cells).flatMap(oursOn)].map((cell) => runCell(cell, opens))
}

async function readCells(path: string): Promise<Cell[]> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Failure(
      'invalid',
      `${path}: ${cause.code === 'ENOENT' ? 'no such file; it names the cells to run' : cause.message}`,
      { cause },
    )
  })
  const parsed = z.array(Cell).nonempty().safeParse(jsonOf(text, path))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Failure('invalid', `${path}: ${issue?.path.join('.') || 'the list of cells'}: ${issue?.message}`)
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure('invalid', `${path}: not JSON (${String(cause)})`, { cause })
  }
}

type Window = Pick<Cell, 'asset' | 'regime' | 'start' | 'end'>

const windowKey = ({ asset, regime, start, end }: Window): string => [asset, regime, start, end].join(' ')

function windowsOf(cells: readonly Cell[]): Window[] {
  const windows = cells.map(({ asset, regime, start, end }) => ({ asset, regime, start, end }))
  return [...new Map(windows.map((window) => [windowKey(window), window])).values()]
}

const oursOn = (window: Window): Cell[] => [
  ...added.map((strategy) => ({ ...window, strategy, params: {} })),
  { ...window, strategy: 'pumpiq', params: engineParams },
]

function runCell(cell: Cell, opens: ReadonlyMap<string, Opens>): CryptotradeRun {
  const where = `${windowKey(cell)} ${cell.strategy}`
  const known = opens.get(cell.asset)
  if (!known)
    throw new Failure('invalid', `${where}: there is no opens_${cell.asset.toLowerCase()}.csv beside results.json`)
  const first = known.dates.findIndex((date) => date >= cell.start)
  const last = known.dates.findLastIndex((date) => date <= cell.end)
  const covered = known.dates[0]! <= cell.start && known.dates.at(-1)! >= cell.end
  if (!covered || last <= first) {
    throw new Failure(
      'invalid',
      `${where}: the opens run from ${known.dates[0]} to ${known.dates.at(-1)} and do not cover it`,
    )
  }
  const act = strategyOf(cell, where)(known.open)
  const { worth, trades } = play(known.open, first, last, act)
  const { asset, regime, start, end, strategy, params } = cell
  const row = { asset, regime, start, end, strategy, params, ...figures(worth), n_trades: trades }
  return { row, maxDrawdownPct: maxDrawdownPct(worth), bound: strategy === 'optimal_lookahead' }
}

function strategyOf({ strategy, params }: Cell, where: string): Strategy {
  if (strategy === 'pumpiq') return engineStrategy
  const named = Object.hasOwn(strategies, strategy) ? strategies[strategy] : undefined
  if (!named)
    throw new Failure('invalid', `${where}: unknown strategy; known are ${Object.keys(strategies).join(', ')}`)
  return named(params, where)
}

/**
 * For people: per window the strategies by return, with rank and deepest fall, then the average rank over the windows. What knows the
 * next open is shown as a bound and not ranked.
 */
export function cryptotradeTable(runs: readonly CryptotradeRun[]): string {
  const ranks = new Map<string, number[]>()
  const lines: string[] = []
  for (const [key, group] of Map.groupBy(runs, ({ row }) => windowKey(row))) {
    const sorted = group.toSorted((a, b) => b.row.total_return_pct - a.row.total_return_pct)
    lines.push('', key, heading)
    let rank = 0
    for (const run of sorted) {
      if (!run.bound) ranks.set(label(run.row), [...(ranks.get(label(run.row)) ?? []), ++rank])
      lines.push(line(run, run.bound ? 'bound' : String(rank)))
    }
  }
  const average = [...ranks].map(([name, list]) => ({
    name,
    rank: list.reduce((sum, rank) => sum + rank, 0) / list.length,
    n: list.length,
  }))
  lines.push('', 'Average rank over the windows (1 is best; one path a window: an anchor, no proof of skill)')
  for (const { name, rank, n } of average.toSorted((a, b) => a.rank - b.rank))
    lines.push(`  ${name.padEnd(28)} ${rank.toFixed(2).padStart(6)}  of ${n}`)
  return `${lines.slice(1).join('\n')}\n`
}

const heading = `  ${'strategy'.padEnd(28)}${['return %', 'mean %', 'std %', 'Sharpe', 'drawdown %', 'trades', 'rank'].map((name) => name.padStart(11)).join('')}`

function label({ strategy, params }: CryptotradeRow): string {
  const values = Object.values(params).filter((value) => typeof value === 'number')
  return values.length > 0 && strategy !== 'pumpiq' ? `${strategy} ${values.join('/')}` : strategy
}

function line({ row, maxDrawdownPct: fall }: CryptotradeRun, rank: string): string {
  const cells = [
    row.total_return_pct.toFixed(2),
    row.daily_mean_pct.toFixed(3),
    row.daily_std_pct.toFixed(3),
    row.sharpe?.toFixed(3) ?? 'none',
  ]
  return `  ${label(row).padEnd(28)}${[...cells, fall.toFixed(2), String(row.n_trades), rank].map((cell) => cell.padStart(11)).join('')}`
}
