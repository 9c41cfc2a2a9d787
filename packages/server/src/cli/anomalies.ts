import { detectAnomalies, Failure, showInterval, toIso, type Anomaly, type Candles } from '@pumpiq/domain'
import { readCandleFile } from '../backtest/candle-files.ts'
import { flag, readArgs, required, text } from './args.ts'
import type { Command } from './command.ts'

export const anomalies: Command = {
  name: 'anomalies',
  summary: 'find pumps, dumps and bursts of volume in a candle file',
  usage: `pumpiq anomalies --candles FILE [--json]

  --candles FILE     CSV or CSV in gzip: ts,open,high,low,close,volume (ts in epoch ms of the bar's open)
  --json             [ { "ts": 1591545600000, "kind": "pump", "score": 0.91 } ]

kind is pump, dump or volume; ts is the open of the bar that gave the event away, which is known when that bar closes; score
is above 0 and at most 1, 0.5 just loud enough. An event is told once. Made for bars of one minute; others are read too.`,
  async run(args, { stdout }) {
    const { values } = readArgs(args, { candles: required(text), json: flag() })
    const candles = await readCandleFile(values.candles)
    if (candles.length === 0) throw new Failure('invalid', `${values.candles} holds no candle`)
    const found = detectAnomalies(candles)
    await stdout(values.json ? `${JSON.stringify(found)}\n` : table(candles, found))
    return 0
  },
}

function table({ id, length, intervalMs }: Candles, found: readonly Anomaly[]): string {
  const lines = found.map(({ ts, kind, score }) => `${toIso(ts)}  ${kind.padEnd(6)}  ${score.toFixed(2)}\n`)
  const head = `${id}, ${length} bars of ${showInterval(intervalMs)}: ${found.length} event${found.length === 1 ? '' : 's'}\n`
  return lines.length === 0 ? head : `${head}bar opens                 kind    score\n${lines.join('')}`
}
