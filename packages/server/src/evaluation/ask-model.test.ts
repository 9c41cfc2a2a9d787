import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ModelOpinion } from '@pumpiq/domain'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { candleText, collecting, madeUpCandles } from '../backtest/testing.ts'
import { evaluate as command } from '../cli/evaluate.ts'
import { readConfig, type Environment } from '../config.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { sha256Hex } from '../platform/hash.ts'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import { says, startModelServer, type ModelRequest, type ModelServer } from '../testing/model-server.ts'
import { isWorthAsking } from '../analysts/model.ts'
import { openAsker } from './ask-model.ts'
import { createAsker } from './asker.ts'
import type { Weighed } from './caller.ts'
import { createJournal, readJournal } from './journal.ts'
import { planOf } from './plan.ts'
import { promptHashOf } from './prompt-hash.ts'
import type { EvaluationReport } from './report.ts'
import { evaluated, madeUpFolder, madeUpPlan, writeFolder } from './testing.ts'
import { textOf } from './text.ts'

let folder: string
let server: ModelServer
beforeAll(async () => {
  const made = madeUpFolder(3)
  folder = await writeFolder(made)
  const { length } = made.candles
  const candles = madeUpCandles({ seed: 4, length, startAt: made.candles.openAt[0]!, id: 'file:ALSOUSDT' })
  await writeFile(join(folder, 'ALSOUSDT_1h.csv'), candleText(candles))
  server = await startModelServer()
})
afterEach(() => server.forget())
afterAll(() => server.close())

const agreeing = {
  reasoning: ['Momentum carries it.'],
  factors: [],
  conflicts: [],
  wouldChange: [],
  stop: null,
  target: null,
  stance: 'agree',
  adjustment: 0,
}
const cautious = { ...agreeing, stance: 'caution' }
const promptOf = ({ body }: ModelRequest): string => body.messages.map(({ content }) => content).join('\n')
/** One question in two is answered with caution, the same one always so. */
const mixed = (request: ModelRequest) =>
  says.json(Number.parseInt(sha256Hex(promptOf(request))[0]!, 16) % 2 === 0 ? cautious : agreeing)

const newPath = async () => join(await mkdtemp(join(tmpdir(), 'asked-')), 'answers.jsonl')
const plan = planOf(
  {
    ...madeUpPlan,
    tokens: [...madeUpPlan.tokens, { symbol: 'ALSO', name: 'Alsocoin', id: 'alsochain:native', marketCapRank: 4 }],
    candles: [...madeUpPlan.candles, { id: 'more', token: 'ALSO', file: 'ALSOUSDT_1h.csv', interval: '1h' }],
    windows: madeUpPlan.windows.map((window) => ({
      ...window,
      tokens: ['MADE', 'ALSO'],
      series: [...window.series, 'more'],
    })),
  },
  'two coins',
)
const days = { plan, rows: ['hybrid', 'technical-only'], from: Date.UTC(2023, 0, 10), to: Date.UTC(2023, 0, 12) }

type Wish = { path: string; atMost: number; env?: Environment; lines?: string[] }

async function recorded({ path, atMost, env, lines = [] }: Wish): Promise<EvaluationReport> {
  const progress = (line: string) => void lines.push(line)
  const journal = await readJournal(path, { promptHashOf, notice: progress }).catch(() => createJournal(promptHashOf))
  const config = readConfig({ OPENAI_BASE_URL: server.url, PUMPIQ_MODEL: 'model-of-tests', ...env })
  const abort = new AbortController().signal
  const about = { config, path, journal, atMost, openDb: createSavedDb, clock: systemClock, log: silentLog, abort }
  const asker = await openAsker({ ...about, progress })
  try {
    return await evaluated(folder, { ...days, journal, asker })
  } finally {
    await asker.close()
  }
}

const replayedFrom = async (path: string) =>
  evaluated(folder, { ...days, journal: await readJournal(path, { promptHashOf, notice: () => {} }) })
const opinionsIn = async (path: string) =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ModelOpinion.parse(JSON.parse(line)))
const figures = ({ windows, verdicts }: EvaluationReport) => ({ windows, verdicts })
const modelRows = ({ windows }: EvaluationReport) => windows[0]!.rows.filter(({ analyst }) => analyst === 'model')
const prompts = () => server.calls.map(promptOf)

describe('asking what a journal does not hold', () => {
  it('asks each question once and never again, and the rows with the model are run on the answers alone', async () => {
    const path = await newPath()
    server.answer(mixed)
    const report = await recorded({ path, atMost: 1_000 })
    const { asking } = report
    expect(asking!.missing).toBeGreaterThan(10)
    expect(asking).toMatchObject({
      asked: asking!.missing,
      recorded: asking!.missing,
      endings: { answered: asking!.missing },
    })
    expect(asking!.stopped).toBeNull()
    expect(new Set(prompts()).size).toBe(asking!.missing)
    expect(server.calls).toHaveLength(asking!.missing)
    // An answer of caution leads to other questions than the rules' call: those were asked too.
    for (const { result, warnings } of modelRows(report)) {
      expect(result!.heard).toBe(result!.askable)
      expect(warnings.join()).not.toContain('heard at')
    }
    expect(modelRows(report)).toHaveLength(2)
    server.forget()
    const again = await recorded({ path, atMost: 1_000 })
    expect(server.calls).toHaveLength(0)
    expect(again.asking).toMatchObject({ missing: 0, asked: 0, recorded: 0, usd: 0 })
    expect(figures(again)).toEqual(figures(report))
    expect(figures(await replayedFrom(path))).toEqual(figures(report))
  })

  it('asks the same in the same order, whichever answer comes first', async () => {
    const asked = async (slow: (count: number) => boolean) => {
      server.forget()
      server.answer((request, count) => says.slow(mixed(request), slow(count) ? 30 : 0))
      const path = await newPath()
      const report = await recorded({ path, atMost: 9 })
      const hashes = (await opinionsIn(path)).map(({ promptHash }) => promptHash)
      return { hashes: hashes.toSorted(), figures: figures(report) }
    }
    expect(await asked((count) => count % 2 === 0)).toEqual(await asked((count) => count % 3 === 0))
  })

  it('asks no more than it may, says of how many, and goes on from there', async () => {
    const [path, whole] = [await newPath(), await newPath()]
    server.answer(mixed)
    const all = await recorded({ path: whole, atMost: 1_000 })
    server.forget()
    const some = await recorded({ path, atMost: 7 })
    expect(server.calls).toHaveLength(7)
    expect(some.asking).toMatchObject({ atMost: 7, asked: 7, recorded: 7 })
    expect(some.asking!.missing).toBeGreaterThan(7)
    expect(textOf(some)).toContain(
      `model-of-tests was asked 7 of the ${some.asking!.missing} questions that the journal did not hold; 7 answered; 7 recorded`,
    )
    for (const { result, warnings, verdict } of modelRows(some)) {
      const { heard, askable } = result!
      expect(heard).toBeLessThan(askable)
      expect(verdict).toContain(`The model was heard at ${heard} of ${askable} instants only.`)
      expect(warnings).toContainEqual(expect.stringContaining('upper bound'))
      expect(warnings).toContainEqual(
        `heard at ${heard} of ${askable} instants with a call to weigh; at the ${askable - heard} others the rules stand, and these figures are of both`,
      )
    }
    await recorded({ path, atMost: 1_000 })
    const hashes = async (file: string) => (await opinionsIn(file)).map(({ promptHash }) => promptHash).toSorted()
    expect(await hashes(path)).toEqual(await hashes(whole))
    expect(figures(await replayedFrom(path))).toEqual(figures(all))
  })

  it('a question that failed is not asked again in the same run', async () => {
    const journal = createJournal(promptHashOf)
    let asked = 0
    const failing = { model: 'm', promptHash: 'h', ending: 'slow', answer: null, tokens: null, costUsd: null } as const
    const asker = createAsker({
      analyst: { analyse: () => Promise.resolve((asked++, { analyst: 'model', ...failing })) },
      model: 'm',
      journal,
      promptHashOf,
      keep: () => Promise.resolve(),
      atMost: 9,
      pause: () => Promise.resolve(),
      clock: systemClock,
      progress: () => {},
      abort: new AbortController().signal,
    })
    const seen: Weighed[] = []
    const opinionsOn = (weighed: readonly Weighed[]) => {
      seen.push(...weighed.filter(({ brief, own }) => isWorthAsking(brief, own)))
      return Promise.resolve(weighed.map(() => null))
    }
    await evaluated(folder, { ...days, journal, asker: { opinionsOn, told: asker.told } })
    await asker.opinionsOn([seen[0]!, seen[0]!])
    await asker.opinionsOn([seen[0]!])
    expect(asked).toBe(1)
    expect(asker.told()).toMatchObject({ missing: 1, asked: 1, recorded: 0, endings: { slow: 1 } })
  })

  it('counts the questions without asking any', async () => {
    const report = await recorded({ path: await newPath(), atMost: 0 })
    expect(server.calls).toHaveLength(0)
    expect(report.asking).toMatchObject({ asked: 0, recorded: 0, usd: 0, stopped: null })
    expect(report.asking!.missing).toBeGreaterThan(10)
    for (const { notRun } of modelRows(report)) expect(notRun).toMatch(/no usable opinion .* unheard/)
  })
})

describe('what ends the asking', () => {
  it('a budget that is used up, which is said, and what was spent stays within it', async () => {
    const path = await newPath()
    const lines: string[] = []
    server.answer(says.json(agreeing, { usage: { input: 1_000, output: 400 } }))
    // A question may cost some five cents at most and does cost three.
    const env = { PUMPIQ_MODEL_PRICE: '10/10/50', PUMPIQ_MODEL_USD_PER_DAY: '0.3' }
    const { asking } = await recorded({ path, atMost: 1_000, env, lines })
    expect(asking!.stopped).toBe('the budget for the model is used up')
    expect(asking!.asked).toBeGreaterThan(2)
    expect(asking!.asked).toBeLessThan(asking!.missing)
    expect(asking!.usd).toBeCloseTo(0.03 * asking!.asked, 9)
    expect(asking!.usd).toBeLessThanOrEqual(0.3)
    expect(server.calls).toHaveLength(asking!.asked)
    expect(await opinionsIn(path)).toHaveLength(asking!.asked)
    expect(lines.at(-1)).toBe(
      `model-of-tests: ${asking!.asked} of at most 1000 questions asked, $${asking!.usd.toFixed(4)}, asking ends: the budget for the model is used up`,
    )
  })

  it('an account that is empty', async () => {
    const path = await newPath()
    server.answer((_, count) => (count <= 4 ? says.json(agreeing) : says.insufficientQuota()))
    const { asking } = await recorded({ path, atMost: 1_000 })
    expect(asking!.stopped).toBe("the account with the model's vendor is empty")
    expect(asking!.recorded).toBe((await opinionsIn(path)).length)
    expect(asking!.recorded).toBeGreaterThan(0)
  })

  it('five questions in a row that came to nothing: they are not recorded, and are asked again another time', async () => {
    const path = await newPath()
    server.answer(says.wrongRequest())
    const { asking } = await recorded({ path, atMost: 1_000 })
    expect(asking!.stopped).toContain('questions in a row came to nothing')
    expect(asking!.recorded).toBe(0)
    expect(asking!.asked).toBeLessThan(10)
    server.forget()
    server.answer(says.json(agreeing))
    expect((await recorded({ path, atMost: 3 })).asking).toMatchObject({ asked: 3, recorded: 3 })
  })

  it('what the model itself refuses is recorded and not paid for again, though it is no opinion', async () => {
    const path = await newPath()
    server.answer(says.refusal())
    const report = await recorded({ path, atMost: 1_000 })
    expect(report.asking).toMatchObject({ recorded: report.asking!.missing, stopped: null })
    for (const { notRun } of modelRows(report)) expect(notRun).toContain('no usable opinion')
    server.forget()
    expect((await recorded({ path, atMost: 1_000 })).asking!.missing).toBe(0)
    expect(server.calls).toHaveLength(0)
  })
})

describe('the file', () => {
  it('a last line that was torn off is left out, told, and taken away before another is written', async () => {
    const path = await newPath()
    server.answer(says.json(agreeing))
    await recorded({ path, atMost: 5 })
    const whole = await readFile(path, 'utf8')
    for (const bytes of [1, 30, 200]) {
      await writeFile(path, whole)
      await appendFile(path, whole.slice(0, bytes))
      const notices: string[] = []
      const journal = await readJournal(path, { promptHashOf, notice: (line) => void notices.push(line) })
      expect(journal.opinions).toBe(5)
      expect(notices).toEqual([`--model-journal ${path}: its last line is torn off and left out`])
      const { asking } = await recorded({ path, atMost: 1 })
      expect(asking).toMatchObject({ recorded: 1 })
      expect((await opinionsIn(path)).slice(0, 5)).toHaveLength(5)
      expect(await opinionsIn(path)).toHaveLength(6)
      expect((await readFile(path, 'utf8')).startsWith(whole)).toBe(true)
    }
  })

  it('a last line that only lacks its line feed is kept', async () => {
    const path = await newPath()
    server.answer(says.json(agreeing))
    await recorded({ path, atMost: 2 })
    await writeFile(path, (await readFile(path, 'utf8')).trimEnd())
    await recorded({ path, atMost: 1 })
    expect(await opinionsIn(path)).toHaveLength(3)
  })

  it('what is no journal is refused, and left as it is', async () => {
    const path = await newPath()
    await writeFile(path, 'ts,open\n1,2')
    const { outside } = collecting()
    const args = ['--data', folder, '--model-journal', path, '--ask-model', '1']
    await expect(command.run(args, outside)).rejects.toThrow('line 1: "ts,open" is not JSON')
    await writeFile(path, 'my notes')
    await expect(command.run(args, outside)).rejects.toThrow('line 1: "my notes" is not JSON')
    expect(await readFile(path, 'utf8')).toBe('my notes')
  })

  it('is of one model: another is not mixed in', async () => {
    const path = await newPath()
    server.answer(says.json(agreeing))
    await recorded({ path, atMost: 2 })
    const another = recorded({ path, atMost: 2, env: { PUMPIQ_MODEL: 'another' } })
    await expect(another).rejects.toThrow('holds answers of model-of-tests, and another would be asked')
  })
})

describe('pumpiq evaluate --ask-model', () => {
  it('records with a database of its own, and prints what was asked', async () => {
    const path = await newPath()
    await writeFile(join(folder, 'plan.json'), JSON.stringify(madeUpPlan))
    const { outside, printed } = collecting()
    server.answer(says.json(agreeing))
    const config = readConfig({
      OPENAI_BASE_URL: server.url,
      PUMPIQ_MODEL: 'gpt-4o',
      PUMPIQ_HOME: join(path, '..', 'home'),
    })
    const span = ['--from', '2023-01-10T00:00:00Z', '--to', '2023-01-11T00:00:00Z', '--modes', 'hybrid']
    const args = ['--data', folder, '--plan', join(folder, 'plan.json'), ...span, '--model-journal', path]
    expect(await command.run([...args, '--ask-model', '2'], { ...outside, config })).toBe(0)
    expect(printed()).toContain('gpt-4o was asked 2 of the ')
    expect(await opinionsIn(path)).toHaveLength(2)
    await expect(readFile(join(path, '..', 'home'))).rejects.toThrow('ENOENT')
  })

  it('is refused without a file, and without a model', async () => {
    const { outside } = collecting()
    const args = ['--data', folder, '--ask-model', '2']
    await expect(command.run(args, outside)).rejects.toThrow('--ask-model needs --model-journal')
    const path = await newPath()
    await expect(command.run([...args, '--model-journal', path], outside)).rejects.toThrow(
      'there is no model to ask; set OPENAI_API_KEY',
    )
    await expect(readFile(path)).rejects.toThrow('ENOENT')
  })
})
