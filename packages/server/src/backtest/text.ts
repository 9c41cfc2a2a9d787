import { toIso, type BaselineRow, type Calibration, type Performance, type Rate } from '@pumpiq/domain'
import type { MeasuredEdge } from './report.ts'
import { labels, type BacktestReport } from './run.ts'

/** The report for people; every figure of it is in the summary too. */
export function reportText({ settings, survey, window, findings, fits, seconds }: BacktestReport): string {
  const { performance, abstained, decisions, calibration, measured, baselines, verdict } = findings
  const { feePctPerSide, slippageBpsPerSide } = settings.costs
  const lines = [
    labels.join(' · '),
    verdict,
    '',
    `${settings.timeframe}, ${settings.risk}, decided every ${settings.everyMs / 3_600_000} h from ${toIso(window.from)} to ${toIso(window.to)}, outcomes as of ${toIso(window.asOf)}`,
    `${survey.files.length} files, ${count(survey.files.reduce((sum, { bars }) => sum + bars, 0))} candles; ${feePctPerSide} % fee and ${slippageBpsPerSide} bps slippage a side; ${seconds.toFixed(1)} s`,
    '',
    `Decisions   ${count(decisions)}: ${counts(performance.byType)}, abstained ${count(abstained.n)}`,
    ...Object.entries(abstained.byReason).map(([reason, n]) => `            abstained ${count(n)}: ${reason}`),
    `Outcomes    ${counts(performance.byStatus)}`,
    '',
    ...directionalLines('BUY + SELL', performance.directional),
    ...directionalLines('BUY', performance.buy),
    ...directionalLines('SELL', performance.sell),
    `HOLD        band held ${rate(performance.hold.right)}`,
    `AVOID       market fell ${rate(performance.avoid.right)}, its mean return ${figure(performance.avoid.marketReturnPct, ' %')}`,
    '',
    ...calibrationLines(measured ? 'Walk-forward' : 'Prior', calibration),
    ...(measured ? edgeLines(fits ?? 0, measured) : []),
    '',
    ...baselineLines(baselines),
  ]
  return `${lines.join('\n')}\n`
}

const count = (n: number): string => n.toLocaleString('en-US')
const counts = (by: Readonly<Record<string, number>>): string =>
  Object.entries(by)
    .map(([name, n]) => `${name} ${count(n)}`)
    .join(', ')

const sized = ({ n, effectiveN }: Rate): string => `n ${count(n)}, worth ${count(effectiveN)}`

const rate = (of: Rate): string =>
  of.value === null
    ? `not told (${of.note})`
    : `${percent(of.value)} (95 % ${percent(of.low)} to ${percent(of.high)}; ${sized(of)})`

const percent = (share: number | null): string => (share === null ? '?' : `${(share * 100).toFixed(2)} %`)

function figure(of: Rate, unit: string): string {
  if (of.value === null) return `not told (${of.note})`
  const interval =
    of.low === null || of.high === null ? (of.note ?? '') : `95 % ${of.low.toFixed(4)} to ${of.high.toFixed(4)}`
  return `${of.value.toFixed(4)}${unit} (${interval}; ${sized(of)})`
}

const directionalLines = (name: string, of: Performance['directional']): string[] => [
  `${name.padEnd(12)}${count(of.calls)} calls, ${count(of.notFilled)} not filled, ${count(of.open)} open, ${count(of.unresolved)} unresolved, ${count(of.delisted)} delisted, ${count(of.decided)} filled and decided`,
  `            T1 before the stop ${rate(of.hit)}`,
  `            R net ${figure(of.r, '')}; return net ${figure(of.returnNetPct, ' %')}`,
  `            ambiguous ${percent(of.ambiguousShare)}, profit factor ${of.profitFactor?.toFixed(3) ?? '?'}, deepest fall ${of.maxDrawdownR.toFixed(0)} R`,
]

function calibrationLines(
  found: string,
  { bins, brier, brierSkill, baseRate, ece, skill, note, ...rest }: Calibration,
): string[] {
  return [
    `${found} confidence against what happened (${sized({ ...rest, value: null, low: null, high: null, note: null })})`,
    `            Brier ${shown(brier)}, skill against the base rate ${shown(brierSkill)}, base rate ${shown(baseRate)}, ECE ${shown(ece)}${note ? ` (${note})` : ''}`,
    `            ${skill}`,
    ...bins
      .filter(({ n }) => n > 0)
      .map(
        (bin) =>
          `            ${bin.from.toFixed(1)} to ${bin.to.toFixed(1)}: said ${shown(bin.meanForecast)}, came ${shown(bin.observed)} (${shown(bin.low)} to ${shown(bin.high)}), n ${count(bin.n)}`,
      ),
  ]
}

const edgeLines = (fits: number, { n, statedR, madeR, actionable, actionableR }: MeasuredEdge): string[] => [
  `            ${count(fits)} fits, one a month, of what was over before; ${count(n)} decided calls had one`,
  `            they stated ${shown(statedR)} R after costs and made ${shown(madeR)}; ${count(actionable)} were actionable and made ${shown(actionableR)}`,
]

const shown = (value: number | null): string => (value === null ? '?' : value.toFixed(4))

function baselineLines(rows: readonly BaselineRow[]): string[] {
  const heading = ['net % a call', '95 %', 'won', 'R', 'ours less it, %', '95 %', 'n']
    .map((name) => name.padStart(18))
    .join('')
  return [
    'On the windows of the filled and decided calls',
    `  ${''.padEnd(30)}${heading}`,
    ...rows.map((row) => {
      const span = (low: number | null, high: number | null) =>
        low === null || high === null ? '?' : `${low.toFixed(3)} .. ${high.toFixed(3)}`
      const cells = [
        shown(row.meanReturnNetPct),
        span(row.low, row.high),
        percent(row.winRate),
        shown(row.meanR),
        row.id === 'calls' ? '' : shown(row.leadPct),
        row.id === 'calls' ? '' : span(row.leadLow, row.leadHigh),
        count(row.n),
      ]
      return `  ${row.label.padEnd(30)}${cells.map((cell) => cell.padStart(18)).join('')}`
    }),
  ]
}
