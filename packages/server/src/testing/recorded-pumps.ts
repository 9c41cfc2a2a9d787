import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { toIso, type Candles } from '@pumpiq/domain'
import { parseCandles } from '../backtest/candle-files.ts'

/** A coin that was pumped: the announced minute, and minutes from twelve days before to seven days after it. */
export type RecordedPump = { readonly coin: string; readonly at: number; readonly candles: Candles }

/** The recorded pump events below a folder for evaluation, read in place. Their files have more columns than candle files: six are read. */
export async function readRecordedPumps(evaluation: string): Promise<RecordedPump[]> {
  const folder = join(evaluation, 'data/pumps/binance_pump_events_1m')
  const [head = '', ...rows] = (await readFile(join(folder, 'events.csv'), 'utf8')).trim().split('\n')
  const names = head.split(',')
  const pumps: RecordedPump[] = []
  for (const row of rows) {
    const cells = row.split(',')
    const coin = cells[names.indexOf('symbol')]!
    const at = Number(cells[names.indexOf('event_ts')])
    const iso = toIso(at)
    const name = `${coin}BTC_${iso.slice(0, 13)}${iso.slice(14, 16)}Z_1m.csv`
    const text = gunzipSync(await readFile(join(folder, `${name}.gz`))).toString()
    const six = text.split('\n').map((line) => line.split(',').slice(0, 6).join(','))
    pumps.push({ coin, at, candles: parseCandles(Buffer.from(six.join('\n')), name) })
  }
  return pumps
}
