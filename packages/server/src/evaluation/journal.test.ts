import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { houseProfile, rules, type Brief, type ModelOpinion } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { createModelAnalyst } from '../analysts/model.ts'
import { questionHash } from '../llm/question-hash.ts'
import { strictSchema } from '../llm/strict-schema.ts'
import { readJournal, type Journal } from './journal.ts'
import { createLibrary } from './library.ts'
import { cutoffOf, cutoffWarning } from './model-cutoffs.ts'
import { planOf } from './plan.ts'
import { promptHashOf } from './prompt-hash.ts'
import { replay } from './replay.ts'
import { evaluated, madeUpFolder, madeUpPlan, writeFolder } from './testing.ts'

const silent = { promptHashOf, notice: () => {} }

const careful = {
  reasoning: ['Momentum carries it.'],
  factors: [],
  conflicts: [],
  wouldChange: [],
  stop: null,
  target: null,
  stance: 'caution',
  adjustment: 0,
}
const opinion = (promptHash: string, model = 'gpt-4o'): ModelOpinion => ({
  analyst: 'model',
  model,
  promptHash,
  ending: 'answered',
  answer: careful,
  tokens: null,
  costUsd: null,
})

async function someBrief(): Promise<Brief> {
  const plan = planOf(madeUpPlan, 'made-up')
  const shelf = await createLibrary(await writeFolder(madeUpFolder(3)), plan).shelfFor(plan.windows[0]!)
  for await (const { dossier } of replay(plan.windows[0]!, shelf)) {
    const brief = {
      house: false,
      dossier,
      profile: houseProfile,
      previous: null,
      calibration: null,
      evidenceHash: null,
      engineVersion: 'test',
    }
    if (rules(brief).call.type === 'BUY') return brief
  }
  throw new Error('no BUY in the made-up market')
}

it('an opinion is found under the hash of the very question that the live analyst asks', async () => {
  const brief = await someBrief()
  const base = rules(brief)
  let asked = ''
  const analyst = createModelAnalyst({
    model: {
      id: () => 'gpt-4o',
      ask({ instructions, prompt, schema, schemaName }) {
        asked = questionHash({
          model: 'gpt-4o',
          instructions,
          prompt,
          schemaName,
          schema: strictSchema(schema, schemaName),
        })
        return Promise.resolve({
          model: 'gpt-4o',
          promptHash: asked,
          tokens: null,
          costUsd: null,
          latencyMs: 1,
          fromJournal: false,
          ending: 'slow' as const,
        })
      },
    },
  })
  await analyst.analyse(brief, base, { userId: 'house', abort: undefined })
  expect(asked).toMatch(/^[0-9a-f]{64}$/)
  expect(promptHashOf(brief, base, 'gpt-4o')).toBe(asked)
  expect(promptHashOf(brief, base, 'gpt-4.1')).not.toBe(asked)
})

it('a journal is read line by line, and refused by the line and field that is wrong', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'journal-')), 'opinions.jsonl')
  const brief = await someBrief()
  const own = opinion(promptHashOf(brief, rules(brief), 'gpt-4o'))
  await writeFile(path, `${JSON.stringify(opinion('other', 'some-model'))}\n\n${JSON.stringify(own)}\n`)
  const journal = await readJournal(path, silent)
  expect(journal).toMatchObject({ models: ['gpt-4o', 'some-model'], opinions: 2 })
  expect(journal.opinionOf(brief, rules(brief))).toEqual(own)
  await writeFile(path, `${JSON.stringify({ ...own, ending: 'shrugged' })}\n`)
  await expect(readJournal(path, silent)).rejects.toThrow('opinions.jsonl, line 1, ending')
  await writeFile(path, '{oops\n')
  await expect(readJournal(path, silent)).rejects.toThrow('line 1: "{oops" is not JSON')
  await expect(readJournal(`${path}.gone`, silent)).rejects.toThrow('no such file')
})

it('rows with the model go through the gate: caution takes every side away, and the cutoff is warned of', async () => {
  const journal: Journal = { models: ['gpt-4o'], opinions: 1, opinionOf: () => opinion('any') }
  const report = await evaluated(await writeFolder(madeUpFolder(3)), {
    journal,
    rows: ['hybrid'],
    to: Date.UTC(2023, 0, 25),
  })
  const rows = report.windows[0]!.rows
  const of = (id: string) => rows.find((row) => row.id === id)!
  expect(of('hybrid').result!.calls).toBeGreaterThan(0)
  expect(of('hybrid+model').result!.calls).toBe(0)
  expect(of('hybrid+model').warnings[0]).toBe(
    'upper bound: gpt-4o was trained up to 2023-10-01 and may remember what happened in this window',
  )
  expect(of('hybrid+model').verdict).toContain('made no call')
  expect(report.settings.tries).toBe(3)
})

it('a journal that knows none of the briefs leaves the rows not run', async () => {
  const journal: Journal = { models: ['gpt-4o'], opinions: 1, opinionOf: () => null }
  const report = await evaluated(await writeFolder(madeUpFolder(3)), {
    journal,
    rows: ['hybrid'],
    to: Date.UTC(2023, 0, 15),
  })
  const mute = report.windows[0]!.rows.filter(({ analyst }) => analyst === 'model')
  expect(mute.map(({ notRun, result }) => [notRun, result])).toEqual(
    mute.map(() => [
      expect.stringMatching(/^not run: the journal holds no usable opinion about these briefs \(\d+ unheard\)$/),
      null,
    ]),
  )
})

it('what a model has read is known by its name, dated or not, and otherwise taken to be everything', () => {
  expect(cutoffOf('gpt-4o-2024-08-06')).toBe('2023-10-01')
  expect(cutoffOf('openai/gpt-4o')).toBe('2023-10-01')
  expect(cutoffOf('llama-of-somebody')).toBeNull()
  expect(cutoffWarning('gpt-4o', Date.UTC(2024, 0, 1))).toBeNull()
  expect(cutoffWarning('llama-of-somebody', Date.UTC(2030, 0, 1))).toContain('is unknown, so it is taken to have read')
})
