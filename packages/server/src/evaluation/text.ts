import type { Asking, EvaluationReport, Row, Told, WindowReport } from './report.ts'

/** The report for people at a terminal; every figure of it is in the document too. */
export function textOf(report: EvaluationReport): string {
  const { settings, plan, engine, windows, manifest, seconds } = report
  const lines = [
    report.labels.join(' · '),
    `${plan.name}: ${plan.about}`,
    `engine ${engine.version}, seed ${settings.seed}, ${settings.tries} tries reckoned with, ${settings.costs.feePctPerSide} % fee and ${settings.costs.slippageBpsPerSide} bps slippage a side; ${manifest.length} files; ${seconds.toFixed(1)} s`,
    ...(report.asking ? [askingLine(report.asking)] : []),
    '',
    'Verdicts, losers first',
    ...report.verdicts.map((verdict) => `  ${verdict}`),
    ...windows.flatMap((window) => ['', ...windowLines(window)]),
    '',
    'Every file with its rows, span and SHA-256 stands in --json and --html. What n, worth and the intervals mean: docs/evaluation.md.',
  ]
  return `${lines.join('\n')}\n`
}

/** How many of the questions that were not recorded were asked, and what came of it. */
export function askingLine({ model, missing, asked, recorded, endings, usd, stopped }: Asking): string {
  const failed = Object.entries(endings).filter(([ending]) => ending !== 'answered')
  const words = [
    `${model} was asked ${asked} of the ${missing} questions that the journal did not hold`,
    `${endings['answered'] ?? 0} answered${failed.map(([ending, count]) => `, ${count} ${ending}`).join('')}`,
    `${recorded} recorded, $${usd.toFixed(4)}`,
    ...(stopped === null ? [] : [`asking ended early: ${stopped}`]),
  ]
  return words.join('; ')
}

const headings = [
  ['row', 46],
  ['calls', 7],
  ['closed', 8],
  ['worth', 7],
  ['filled', 8],
  ['T1 first', 24],
  ['net R a call', 26],
  ['Brier', 8],
  ['ECE', 8],
  ['logloss', 9],
  ['max fall R', 12],
  ['in market', 11],
  ['R less technical an instant', 30],
  ['coins', 7],
  ['DSR', 6],
] as const

function windowLines({ id, about, timeframe, from, to, tokens, rows }: WindowReport): string[] {
  return [
    `${id}: ${about}. ${timeframe}, ${tokens.join(' ')}, ${from.slice(0, 10)} to ${to.slice(0, 10)}, ${rows[0]?.result?.decisions ?? 0} instants`,
    headings.map(([name, width]) => name.padEnd(width)).join(''),
    ...rows.flatMap((row) => [
      cellsOf(row)
        .map((cell, i) => cell.padEnd(headings[i]![1]))
        .join('')
        .trimEnd(),
      ...row.warnings.map((one) => `    ${one}`),
    ]),
  ]
}

function cellsOf({ label, notRun, result }: Row): string[] {
  if (!result) return [label, notRun ?? '']
  const { calls, decided, r, filled, hit, confidence, maxDrawdownR, exposure, lead, coins, sharpe } = result
  return [
    label,
    String(calls),
    String(decided),
    String(r.effectiveN),
    percent(filled.value),
    spanned(hit, (value) => (value * 100).toFixed(1)),
    spanned(r, (value) => value.toFixed(3)),
    figure(confidence.shown.brier),
    figure(confidence.shown.ece),
    figure(confidence.shown.logLoss),
    maxDrawdownR.toFixed(0),
    percent(exposure.share),
    lead ? spanned(lead, (value) => value.toFixed(4)) : 'is the reference',
    coins ? coins.inRuns.percentile.toFixed(0) : '-',
    sharpe ? sharpe.probability.toFixed(2) : '-',
  ]
}

const percent = (share: number | null): string => (share === null ? '-' : `${(share * 100).toFixed(1)} %`)
const figure = (value: number | null): string => (value === null ? '-' : value.toFixed(3))

function spanned({ value, low, high }: Pick<Told, 'value' | 'low' | 'high'>, shown: (value: number) => string): string {
  if (value === null) return 'too few'
  return low === null || high === null ? shown(value) : `${shown(value)} (${shown(low)}..${shown(high)})`
}
