import { windowKey } from './cryptotrade-cells.ts'
import { frozen } from './cryptotrade-frozen.ts'
import { nameOf, type CryptotradeRow } from './cryptotrade.ts'

/**
 * For people: per window the strategies by return, with rank and deepest fall, then both as averages over the windows, and what our
 * parameters were chosen on. What knows the next open is shown as a bound and not ranked.
 */
export function cryptotradeTable(rows: readonly CryptotradeRow[]): string {
  const windows = Map.groupBy(rows, windowKey)
  const lines = [...windows].flatMap(([key, group]) => [
    key,
    heading,
    ...group.toSorted((a, b) => b.total_return_pct - a.total_return_pct).map(line),
    '',
  ])
  lines.push(...averages(rows), '', ...provenance(rows))
  return `${lines.join('\n')}\n`
}

const columns = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(11)).join('')

const heading = `  ${'strategy'.padEnd(28)}${columns(['return %', 'mean %', 'std %', 'Sharpe', 'drawdown %', 'trades', 'rank'])}`

function line(row: CryptotradeRow): string {
  const cells = [
    row.total_return_pct.toFixed(2),
    row.daily_mean_pct.toFixed(3),
    row.daily_std_pct.toFixed(3),
    row.sharpe?.toFixed(3) ?? 'none',
    row.max_drawdown_pct.toFixed(2),
    String(row.n_trades),
    row.rank === null ? 'bound' : String(row.rank),
  ]
  return `  ${nameOf(row).padEnd(28)}${columns(cells)}`
}

function averages(rows: readonly CryptotradeRow[]): string[] {
  const ranked = [...Map.groupBy(rows, nameOf)].flatMap(([name, group]) => {
    const { average_rank, average_drawdown_pct } = group[0]!
    return average_rank === null ? [] : [{ name, rank: average_rank, fall: average_drawdown_pct, n: group.length }]
  })
  return [
    `Average rank among ${ranked.length} and average drawdown over the windows (1 is best; one path a window: an anchor, no proof of skill)`,
    `  ${'strategy'.padEnd(28)}${columns(['rank', 'drawdown %', 'windows'])}`,
    ...ranked
      .toSorted((a, b) => a.rank - b.rank)
      .map(
        ({ name, rank, fall, n }) => `  ${name.padEnd(28)}${columns([rank.toFixed(2), fall.toFixed(2), String(n)])}`,
      ),
  ]
}

function provenance(rows: readonly CryptotradeRow[]): string[] {
  const { policy, windows, sets, criterion, history, from, before } = frozen
  const ours = rows.filter(({ chosen }) => chosen)
  const later = ours.filter(({ chosen }) => chosen!.window_is_later).length
  const share = (exposure: number) => `${exposure * 100} %`
  return [
    `pumpiq: BUY holds ${share(policy.buyExposure)} in coin, SELL ${share(policy.sellExposure)}, HOLD what there is; trades when off by more than ${share(policy.band)}; ${policy.risk} threshold, ${policy.smoothingDays === 1 ? 'scores as they are' : `scores smoothed over ${policy.smoothingDays} days`}.`,
    `  Chosen on ${windows} overlapping windows out of ${sets} sets, by ${criterion}: ${history}, from ${from} to before ${before}.`,
    `  Of the windows above ${later} of ${ours.length} begin after that${later < ours.length ? '; on the others the row is not out of sample' : ''}.`,
    'pumpiq_every_day: the same directions, half traded on every day that one stands, as the rules of the game do.',
  ]
}
