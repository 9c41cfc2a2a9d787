import { RiskTolerance, Timeframe } from '@pumpiq/domain'
import { usualEveryMs } from '../backtest/calibrate/usual-every.ts'
import { runBacktest, summaryOf } from '../backtest/run.ts'
import { reportText } from '../backtest/text.ts'
import {
  duration,
  flag,
  instant,
  integer,
  number,
  oneOf,
  optional,
  readArgs,
  repeated,
  text,
  withDefault,
  type Reader,
} from './args.ts'
import type { Command } from './command.ts'

const lag: Reader<number> = (given, option) => (given === '0' ? 0 : duration(given, option))

const options = {
  candles: repeated(text),
  timeframe: withDefault(oneOf(Timeframe.options), 'SWING'),
  risk: withDefault(oneOf(RiskTolerance.options), 'moderate'),
  from: optional(instant),
  to: optional(instant),
  every: optional(duration),
  fees: withDefault(number({ min: 0, max: 10 }), 0.1),
  slippage: withDefault(number({ min: 0, max: 1000 }), 5),
  lag: withDefault(lag, 0),
  'as-of': optional(instant),
  seed: withDefault(integer({ min: 0 }), 1),
  calibrated: flag(),
  json: flag(),
}

export const backtest: Command = {
  name: 'backtest',
  summary: 'decide anew on recorded candles and follow every call, beside the baselines',
  usage: `pumpiq backtest --candles FILE [--candles FILE ...] [options]

  --candles FILE     candles as CSV, or .csv.gz: ts,open,high,low,close,volume; one file a token, named after its symbol
  --timeframe NAME   ${Timeframe.options.join(', ')} (SWING). The file has its candles, or finer ones that divide them
  --risk NAME        ${RiskTolerance.options.join(', ')} (moderate)
  --from, --to ISO   first and last instant to decide at (all that the files hold)
  --every DURATION   between decisions, on multiples since 1970 (SCALP 15m, DAY_TRADE 1h, SWING 4h, LONG_TERM 1d)
  --fees PCT         percent a side (0.1)
  --slippage BPS     basis points a side (5)
  --lag DURATION     between the close of a candle and its arrival (0)
  --as-of ISO        up to when outcomes are known (the last close of all files)
  --seed N           of the coins and the intervals (1)
  --calibrated       confidence from fits made month by month within the run, of what was over before; else the prior stands
  --json             {"recommendations": [...], "summary": {...}, "baselines": [...]}, streamed`,
  async run(args, outside) {
    const { values } = readArgs(args, options)
    const { json } = values
    // The head leaves with the first rows: what is refused leaves nothing on stdout.
    let head = '{"recommendations":[\n'
    const print = (piece: string) => {
      const whole = head + piece
      head = ''
      return outside.stdout(whole)
    }
    const report = await runBacktest(settingsOf(values), {
      clock: outside.clock,
      abort: outside.abort,
      rows: json ? print : null,
      version: outside.version,
    })
    await (json ? print(tailOf(report)) : outside.stdout(reportText(report)))
    return 0
  },
}

type Values = ReturnType<typeof readArgs<typeof options>>['values']

const settingsOf = (values: Values) => ({
  paths: values.candles,
  timeframe: values.timeframe,
  risk: values.risk,
  costs: { feePctPerSide: values.fees, slippageBpsPerSide: values.slippage },
  everyMs: values.every ?? usualEveryMs[values.timeframe],
  lagMs: values.lag,
  from: values.from,
  to: values.to,
  asOf: values['as-of'],
  seed: values.seed,
  calibrated: values.calibrated,
})

const tailOf = (report: Awaited<ReturnType<typeof runBacktest>>): string =>
  `\n],"summary":${JSON.stringify(summaryOf(report))},"baselines":${JSON.stringify(report.findings.baselines)}}\n`
