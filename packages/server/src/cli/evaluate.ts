import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { Failure, Fit, shippedFits } from '@pumpiq/domain'
import { z } from 'zod'
import { unreadable } from '../backtest/candle-files.ts'
import { createMemoryDb } from '../db/memory-db.ts'
import { htmlOf } from '../evaluation/html.ts'
import { openAsker } from '../evaluation/ask-model.ts'
import { createJournal, readJournal, type GrowingJournal } from '../evaluation/journal.ts'
import { planOf, type Plan } from '../evaluation/plan.ts'
import { recordedPlan } from '../evaluation/plan-recorded.ts'
import { promptHashOf } from '../evaluation/prompt-hash.ts'
import { rowPlans } from '../evaluation/rows.ts'
import { evaluate as run } from '../evaluation/run.ts'
import { textOf } from '../evaluation/text.ts'
import { flag, instant, integer, oneOf, optional, readArgs, repeated, required, text, withDefault } from './args.ts'
import { createLog, silentLog } from '../platform/log.ts'
import type { CliOutside, Command } from './command.ts'

const rowIds = rowPlans.map(({ id }) => id)

export const evaluate: Command = {
  name: 'evaluate',
  summary: 'replay recorded evidence of all kinds and say which of them helps, losers first',
  usage: `pumpiq evaluate --data DIR [options]

  --data DIR            the folder with the recorded series
  --plan FILE           JSON that says which series stand in it and when each was known (${recordedPlan.name})
  --from, --to ISO      first and last instant to decide at (as the plan's windows say)
  --modes NAME ...      rows to run, may be given again: ${rowIds.join(', ')} (all; technical-only always, with the model only if named)
  --model-journal FILE  answers of a recorded model, one opinion a line; without it the model's rows are not run
  --ask-model N         first puts at most N of the questions that the journal does not hold to the configured model (OPENAI_API_KEY,
                        OPENAI_BASE_URL, PUMPIQ_MODEL; dollars of a run: PUMPIQ_MODEL_USD_PER_DAY); answers are added to the
                        journal as they come; 0 only counts the questions
  --fits FILE           fits of measured confidence, a JSON list; only those known at an instant are used (the shipped ones)
  --calibrated          fits are made within each window too, month by month, of candles that came before
  --tried N             things tried before on the same data: widens every interval (0)
  --seed N              of the coins and the intervals (1)
  --html FILE           the report as one page that needs no network
  --json                the report as one JSON document`,
  async run(args, outside) {
    const { values } = readArgs(args, {
      data: required(text),
      plan: optional(text),
      from: optional(instant),
      to: optional(instant),
      modes: repeated(oneOf(rowIds), 0),
      'model-journal': optional(text),
      'ask-model': optional(integer({ min: 0, max: 1_000_000 })),
      fits: optional(text),
      calibrated: flag(),
      tried: withDefault(integer({ min: 0, max: 1_000_000 }), 0),
      seed: withDefault(integer({ min: 0 }), 1),
      html: optional(text),
      json: flag(),
    })
    const { data, from, to, modes, seed, tried, html } = values
    const { clock, abort, version } = outside
    const plan = await readPlan(values.plan)
    const fits = values.fits === undefined ? shippedFits : await readFits(values.fits)
    const { journal, asker } = await openJournal(values, outside)
    const rows = modes.length > 0 ? modes : rowIds
    const settings = { folder: data, plan, from, to, rows, seed, triedBefore: tried, journal, asker, fits }
    const needs = { clock, abort, version, progress: (line: string) => outside.stderr(`${line}\n`) }
    const report = await closing(asker, () => run({ ...settings, calibrated: values.calibrated }, needs))
    if (html !== undefined) await save(html, htmlOf(report))
    await outside.stdout(values.json ? `${JSON.stringify(report)}\n` : textOf(report))
    return 0
  },
}

type Wish = { readonly 'model-journal'?: string | undefined; readonly 'ask-model'?: number | undefined }

/** The recorded model, and who adds to it where that was asked for: then the file may still be made. */
async function openJournal({ 'model-journal': path, 'ask-model': atMost }: Wish, outside: CliOutside) {
  if (path === undefined && atMost !== undefined)
    throw new Failure('invalid', '--ask-model needs --model-journal: the file that the answers are added to')
  if (path === undefined) return { journal: null, asker: null }
  const notice = (line: string) => outside.stderr(`${line}\n`)
  if (atMost === undefined) return { journal: await readJournal(path, { promptHashOf, notice }), asker: null }
  const journal: GrowingJournal = existsSync(path)
    ? await readJournal(path, { promptHashOf, notice })
    : createJournal(promptHashOf)
  const { config, clock, abort } = outside
  const { warn, error } = createLog({ level: 'warn' })
  const needs = { config, path, journal, atMost, openDb: createMemoryDb, clock, progress: notice, abort }
  return { journal, asker: await openAsker({ ...needs, log: { ...silentLog, warn, error } }) }
}

async function closing<T>(asker: { close(): Promise<void> } | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    await asker?.close()
  }
}

async function readPlan(path: string | undefined): Promise<Plan> {
  return path === undefined ? planOf(recordedPlan, recordedPlan.name) : planOf(await readJson(path, 'plan'), path)
}

async function readFits(path: string): Promise<readonly Fit[]> {
  const parsed = z.array(Fit).safeParse(await readJson(path, 'fits'))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Failure('invalid', `--fits ${path}, ${issue!.path.join('.') || 'document'}: ${issue!.message}`)
}

async function readJson(path: string, option: string): Promise<unknown> {
  const written = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Failure('invalid', `--${option} ${path}: ${unreadable(cause)}`, { cause })
  })
  try {
    return JSON.parse(written.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new Failure('invalid', `--${option} ${path}: not one JSON document (${(cause as Error).message})`, { cause })
  }
}

async function save(path: string, page: string): Promise<void> {
  await writeFile(path, page).catch((cause: NodeJS.ErrnoException) => {
    throw new Failure('invalid', `--html ${path}: ${unreadable(cause)}`, { cause })
  })
}
