import { parseArgs } from 'node:util'
import { mean } from '../packages/domain/src/words/numbers.ts'
import { readCandleFile, symbolOf } from '../packages/server/src/backtest/candle-files.ts'
import { daysOf, readCells, windowsOf, type Cell } from '../packages/server/src/bench/cryptotrade-cells.ts'
import {
  choose,
  dailyOpens,
  grid,
  playEveryDay,
  playGrid,
  playRules,
  ranksAmong,
  rollingSpans,
  spansIn,
  type Played,
  type Span,
} from '../packages/server/src/bench/cryptotrade-fit.ts'
import type { Opens } from '../packages/server/src/bench/opens.ts'
import { frozen } from '../packages/server/src/bench/cryptotrade-frozen.ts'

/**
 * `node scripts/fit-cryptotrade.ts --cells FILE --candles FILE ... [--check FILE ...]`: which policy our engine takes to the benchmark. Of the
 * cells' file only names and lengths are read. Everything stands on opens before the day that is frozen; `--check` candles are of coins that
 * the choice does not see. The same files give the same answer.
 */
const { values } = parseArgs({
  options: {
    cells: { type: 'string', default: '' },
    candles: { type: 'string', multiple: true, default: [] },
    check: { type: 'string', multiple: true, default: [] },
  },
})

const say = (line: string) => process.stdout.write(`${line}\n`)
const assetOf = (path: string) =>
  symbolOf(path)
    .replace(/^file:/, '')
    .replace(/USDT?$/, '')
const readAll = (paths: readonly string[]): Promise<Opens[]> =>
  Promise.all(paths.map(async (path) => dailyOpens(assetOf(path), await readCandleFile(path), frozen.before)))
const all = (spans: readonly Span[]) => spans.map((_, i) => i)

function sayField(field: readonly Played[]): void {
  const rows = field.map((own) => ({ name: own.name, rank: mean(ranksAmong(own, field)), own }))
  for (const { name, rank, own } of rows.toSorted((a, b) => a.rank - b.rank))
    say(
      `  ${name.padEnd(28)} rank ${rank.toFixed(2).padStart(5)}, return ${mean(own.returnPct).toFixed(2).padStart(7)} %, drawdown ${mean(own.drawdownPct).toFixed(2).padStart(6)} %`,
    )
}

/** What a choice on the earlier half of the time comes to on the later. */
function sayHalves(ranks: readonly Float64Array[], spans: readonly Span[]): void {
  const dates = spans.map(({ opens }) => opens.dates[Math.floor((opens.dates.length + 100) / 2)]!)
  const early = all(spans).filter((i) => spans[i]!.opens.dates[spans[i]!.last]! < dates[i]!)
  const late = all(spans).filter((i) => spans[i]!.opens.dates[spans[i]!.first]! >= dates[i]!)
  const { set, meanRank } = choose(ranks, early)
  const after = mean(late.map((i) => ranks[set]![i]!))
  const best = choose(ranks, late)
  say(
    `chosen before ${dates[0]} (${early.length} windows): ${JSON.stringify(grid[set])}, rank ${meanRank.toFixed(3)}; on the ${late.length} after: ${after.toFixed(3)}, where the best set has ${best.meanRank.toFixed(3)}`,
  )
}

const cells: Cell[] = await readCells(values.cells)
const history = await readAll(values.candles)
const spans = rollingSpans(history, cells)
for (const { asset, dates } of history) say(`${asset}: ${dates.length} opens, ${dates[0]} to ${dates.at(-1)}`)
const rules = playRules(cells, spans)
const played = playGrid(spans)
const ranks = played.map((own) => ranksAmong(own, rules))
const { set, meanRank } = choose(ranks, all(spans))
say(
  `${grid.length} sets on ${spans.length} windows; chosen: ${JSON.stringify(grid[set])}, mean rank ${meanRank.toFixed(3)}`,
)
say('the field with it:')
sayField([...rules, playEveryDay(spans), played[set]!])
say('all sets:')
for (const { tried, rank } of grid
  .map((policy, i) => ({ tried: policy, rank: mean(ranks[i]!) }))
  .toSorted((a, b) => a.rank - b.rank))
  say(`  ${rank.toFixed(3)} ${Object.values(tried).join(' ')}`)
sayHalves(ranks, spans)

const lengths = [...new Set(windowsOf(cells).map(daysOf))]
const unseen = (await readAll(values.check)).flatMap((opens) => lengths.flatMap((length) => spansIn(opens, length)))
if (unseen.length > 0) {
  say(`on ${unseen.length} windows of ${values.check.map(assetOf).join(', ')}:`)
  sayField([...playRules(cells, unseen), playEveryDay(unseen), playGrid(unseen)[set]!])
}
