import { writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { canonical, Timeframe, type Fit } from '../packages/domain/src/index.ts'
import { shippedFits } from '../packages/domain/src/confidence/shipped.ts'
import { usualEveryMs } from '../packages/server/src/backtest/calibrate/usual-every.ts'
import { fitOf, walkForward } from '../packages/server/src/backtest/calibrate/walk-forward.ts'
import { root } from './tree.ts'

/**
 * `node scripts/fit-confidence.ts --timeframe SWING --candles FILE [--candles FILE ...] [--report FILE] [--write]`: measures how often T1 came
 * first on recorded candles, walk-forward, and makes the fit of the timeframe. `--report` writes all figures as JSON; `--write` puts the fit
 * into packages/domain/src/confidence/shipped.ts, beside those of the other timeframes, or takes the old one out where none may ship.
 * The same files and seed give the same figures; `npm run format` gives them their form.
 */
const target = fileURLToPath(new URL('../packages/domain/src/confidence/shipped.ts', import.meta.url))

function fileOf(fits: readonly Fit[]): string {
  const inOrder = Timeframe.options.flatMap((timeframe) => fits.filter((fit) => fit.timeframe === timeframe))
  return `import type { Fit } from './fit.ts'

/*
 * Made by scripts/fit-confidence.ts: do not edit. Figures only; every one of them is hypothetical.
 */
export const shippedFits: readonly Fit[] = ${JSON.stringify(inOrder, null, 2).replaceAll(/^(\s*)"(\w+)":/gm, '$1$2:')}
`
}

const { values } = parseArgs({
  options: {
    timeframe: { type: 'string' },
    candles: { type: 'string', multiple: true },
    seed: { type: 'string', default: '1' },
    report: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const timeframe = Timeframe.parse(values.timeframe)
const paths = values.candles ?? []
const seed = Number(values.seed)
const settings = {
  paths,
  timeframe,
  risk: 'moderate',
  costs: { feePctPerSide: 0.1, slippageBpsPerSide: 5 },
  everyMs: usualEveryMs[timeframe],
  lagMs: 0,
  seed,
  folds: 5,
} as const
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const found = await walkForward(settings, new AbortController().signal)
const command = `scripts/fit-confidence.ts --timeframe ${timeframe} --seed ${seed} on ${paths.length} candle files`
const made = fitOf(found, settings, { engine: version, command })
const report = { ...found.report, ships: 'fit' in made ? made.fit : null, why: 'why' in made ? made.why : null }
if (values.report !== undefined) await writeFile(values.report, `${JSON.stringify(report, null, 1)}\n`)
process.stdout.write(`${report.verdict}\n${'why' in made ? `no fit: ${made.why}` : canonical(made.fit)}\n`)
if (values.write) {
  const others = shippedFits.filter((fit) => fit.timeframe !== timeframe)
  await writeFile(target, fileOf('fit' in made ? [...others, made.fit] : others))
}
