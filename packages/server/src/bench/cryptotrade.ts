import { join } from 'node:path'
import { Failure, mean } from '@pumpiq/domain'
import { figures, maxDrawdownPct, play, type Figures, type Strategy } from './cryptotrade-rules.ts'
import { createEngine, everyDay, everyDayParams } from './cryptotrade-engine.ts'
import { frozen } from './cryptotrade-frozen.ts'
import {
  isBound,
  labelOf,
  readCells,
  strategyOf,
  windowKey,
  windowsOf,
  withAdded,
  type Cell,
  type Rule,
} from './cryptotrade-cells.ts'
import { readOpens, type Opens } from './opens.ts'

/** How a row stands by return among the rows of its window, 1 is best, and over all windows. Null for the bound, which is not ranked. */
type Standing = { readonly rank: number | null; readonly average_rank: number | null }

type Played = Cell & Figures & { readonly n_trades: number; readonly max_drawdown_pct: number }
export type CryptotradeRow = Played &
  Standing & {
    readonly average_drawdown_pct: number
    /** Ours alone: where the parameters come from, and whether the window begins after all that they were chosen on. */
    readonly chosen?: Chosen
  }
type Chosen = Omit<typeof frozen, 'policy'> & { readonly window_is_later: boolean }

/** Ours: as it would act, and as the game's own rules act. */
const own: readonly (Rule & { readonly play: Strategy })[] = [
  { strategy: 'pumpiq', params: frozen.policy, play: createEngine(frozen.policy) },
  { strategy: 'pumpiq_every_day', params: everyDayParams, play: everyDay },
]
const ownOf = (name: string) => own.find(({ strategy }) => strategy === name)

/** Numbers tell rules of one name apart; ours have one set each. */
export const nameOf = (row: Rule): string => (ownOf(row.strategy) ? row.strategy : labelOf(row))

/** Every cell the folder names, then what we add on the same windows, in that order. */
export async function runCryptotrade(dir: string): Promise<readonly CryptotradeRow[]> {
  const opens = await readOpens(dir)
  const cells = await readCells(join(dir, 'results.json'))
  const missing = [...opens.keys()].filter((asset) => !cells.some((cell) => cell.asset === asset))
  if (missing.length > 0) throw new Failure('invalid', `${dir}: results.json names no cell for ${missing.join(', ')}`)
  const ours = windowsOf(cells).flatMap((window) =>
    own.map(({ strategy, params }) => ({ ...window, strategy, params })),
  )
  return standings([...withAdded(cells), ...ours].map((cell) => runCell(cell, opens)))
}

function runCell(cell: Cell, opens: ReadonlyMap<string, Opens>): Played {
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
  const strategy = ownOf(cell.strategy)?.play ?? strategyOf(cell, where)
  const { worth, trades } = play(known.open, first, last, strategy(known.open))
  return { ...cell, ...figures(worth), n_trades: trades, max_drawdown_pct: maxDrawdownPct(worth) }
}

function standings(rows: readonly Played[]): CryptotradeRow[] {
  const ranks = new Map<Played, number>()
  for (const group of Map.groupBy(rows, windowKey).values()) {
    const ranked = group.filter(({ strategy }) => !isBound(strategy))
    ranked
      .toSorted((a, b) => b.total_return_pct - a.total_return_pct)
      .forEach((row, place) => ranks.set(row, place + 1))
  }
  const byName = Map.groupBy(rows, nameOf)
  return rows.map((row) => {
    const same = byName.get(nameOf(row))!
    const rank = ranks.get(row) ?? null
    return {
      ...row,
      rank,
      average_rank: rank === null ? null : mean(same.map((one) => ranks.get(one)!)),
      average_drawdown_pct: mean(same.map((one) => one.max_drawdown_pct)),
      ...(row.strategy === 'pumpiq' ? { chosen: chosenFor(row) } : {}),
    }
  })
}

function chosenFor({ start }: Cell): Chosen {
  const { policy: _, ...provenance } = frozen
  return { ...provenance, window_is_later: start >= frozen.before }
}
