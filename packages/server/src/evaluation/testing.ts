import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { days, hours, toIso, type Candles } from '@pumpiq/domain'
import type { z } from 'zod'
import { candleText, madeUpCandles } from '../backtest/testing.ts'
import { seededRandom } from '../platform/random.ts'
import { systemClock } from '../platform/clock.ts'
import { evaluate } from './run.ts'
import type { EvaluationSettings } from './settings.ts'
import { planOf, type Plan } from './plan.ts'
import { rowPlans } from './rows.ts'

export const startAt = Date.UTC(2023, 0, 1)
const spanDays = 60

/** When each made-up document and figure was known, epoch ms, beside its row. */
export type MadeUpFolder = {
  readonly candles: Candles
  readonly news: readonly MadeUpText[]
  readonly posts: readonly MadeUpText[]
  readonly figures: readonly { readonly day: number; readonly used: number }[]
}
type MadeUpText = { readonly at: number; readonly title: string; readonly text: string; readonly by: string }

/** News of every day, posts of every hour, figures of every day, about a coin that was never traded. Nothing of it is recorded. */
export function madeUpFolder(seed: number): MadeUpFolder {
  const random = seededRandom(seed)
  const good = [
    'surges after a major partnership',
    'is listed by a large exchange',
    'upgrade goes live without a fault',
  ]
  const bad = ['falls as regulators sue', 'loses millions in a hack', 'halts after an outage']
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!
  const texts = (everyMs: number, voices: number) =>
    Array.from({ length: Math.floor(days(spanDays) / everyMs) }, (_, i): MadeUpText => {
      const line = `Madecoin ${pick(random() < 0.5 ? good : bad)} (${i})`
      const by = `voice${Math.floor(random() * voices)}`
      return { at: startAt + i * everyMs, title: line, text: `${line}, says ${by} in a long and plain report.`, by }
    })
  return {
    candles: madeUpCandles({ seed, length: (spanDays + 30) * 24, startAt: startAt - days(20), id: 'file:MADEUSDT' }),
    news: texts(hours(8), 5),
    posts: texts(hours(1), 9),
    figures: Array.from({ length: spanDays }, (_, i) => ({
      day: startAt + i * days(1),
      used: 1_000 + Math.floor(600 * random()),
    })),
  }
}

export const madeUpPlan: z.input<typeof Plan> = {
  name: 'made-up',
  about: 'a coin that was never traded',
  tokens: [{ symbol: 'MADE', name: 'Madecoin', id: 'madechain:native', marketCapRank: 3 }],
  candles: [{ id: 'candles', token: 'MADE', file: 'MADEUSDT_1h.csv', interval: '1h' }],
  documents: [
    {
      id: 'news',
      kind: 'news',
      source: 'paper',
      file: 'news.jsonl.gz',
      columns: { text: 'text', title: 'title', publisher: 'by', token: 'coin', written: 'published' },
      publishers: { voice0: 'coindesk.com', voice1: 'reuters.com', voice2: 'theblock.co' },
      arrival: { at: 'instant', of: 'published', lag: '1h' },
    },
    {
      id: 'posts',
      kind: 'social',
      source: 'square',
      file: 'posts.csv',
      columns: { text: 'text', author: 'by', written: 'ts' },
      token: 'MADE',
      publisher: 'square.example',
      arrival: { at: 'instant', of: 'ts' },
    },
  ],
  figures: [
    {
      id: 'chain',
      source: 'counter',
      file: 'chain.csv.gz',
      token: 'MADE',
      date: 'date',
      columns: { used: { figure: 'transactions24h', factor: 1 } },
      arrival: { at: 'end-of-day', of: 'date', lag: '6h' },
      freshFor: '26h',
    },
  ],
  windows: [
    {
      id: 'made',
      about: 'sixty days',
      timeframe: 'SWING',
      from: toIso(startAt + days(5)),
      to: toIso(startAt + days(50)),
      every: '4h',
      tokens: ['MADE'],
      series: ['candles', 'news', 'posts', 'chain'],
    },
  ],
}

/** The folder on the disk; what is given takes the place of what was made up. */
export async function writeFolder(made: MadeUpFolder): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'evaluate-'))
  await mkdir(folder, { recursive: true })
  const news = made.news.map(({ at, title, text, by }) =>
    JSON.stringify({ published: toIso(at), title, text, by, coin: 'MADE' }),
  )
  const posts = made.posts.map(({ at, text, by }) => `${toIso(at)},${by},"${text.replaceAll('"', '""')}"`)
  const chain = made.figures.map(({ day, used }) => `${toIso(day).slice(0, 10)},${used}`)
  await writeFile(join(folder, 'MADEUSDT_1h.csv'), candleText(made.candles))
  await writeFile(join(folder, 'news.jsonl.gz'), gzipSync(`${news.join('\n')}\n`))
  await writeFile(join(folder, 'posts.csv'), `ts,by,text\n${posts.join('\n')}\n`)
  await writeFile(join(folder, 'chain.csv.gz'), gzipSync(`date,used\n${chain.join('\n')}\n`))
  return folder
}

/** The evaluation of a folder with everything as usual but what is given. */
export async function evaluated(folder: string, given: Partial<EvaluationSettings> = {}) {
  const settings: EvaluationSettings = {
    folder,
    plan: planOf(madeUpPlan, 'made-up'),
    from: undefined,
    to: undefined,
    rows: rowPlans.map(({ id }) => id),
    seed: 1,
    triedBefore: 0,
    journal: null,
    asker: null,
    fits: [],
    calibrated: false,
    ...given,
  }
  return evaluate(settings, {
    clock: systemClock,
    abort: new AbortController().signal,
    version: 'test',
    progress: () => {},
  })
}
