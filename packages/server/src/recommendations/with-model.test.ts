import { canonical, houseProfile } from '@pumpiq/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openModel, testKey } from '../llm/test-model.ts'
import { createWorld, type World } from '../testing/world.ts'
import { says, startModelServer, type ModelRequest, type ModelServer } from '../testing/model-server.ts'
import { localUser } from './users.ts'
import { compareReplay } from './replay.ts'
import { storedInputs } from './stored-inputs.ts'

const opinion = {
  reasoning: ['The long trend carries it {tech.ema-trend}.', 'It will gain 300 percent.'],
  factors: [{ reading: 'tech.ema-trend', why: 'it has held for weeks' }],
  conflicts: [],
  wouldChange: ['A close below the cloud {tech.ichimoku}.'],
  stop: null,
  target: null,
  stance: 'agree',
  adjustment: 0.4,
}
/** Analyst and reader are told apart by the form they ask for. */
const speak = ({ body }: ModelRequest) =>
  body.response_format?.json_schema?.name === 'reading' ? says.json({ documents: [] }) : says.json(opinion)

describe('a recommendation with a model', () => {
  let server: ModelServer
  let world: World
  let opened: ReturnType<typeof openModel>
  beforeAll(async () => {
    server = await startModelServer()
    world = await createWorld({
      houseMode: 'technical-only',
      withModel: ({ db }) => (opened = openModel({ db, upstream: server.upstream })).model,
    })
  })
  beforeEach(() => {
    server.forget()
    server.answer(speak)
  })
  afterAll(async () => {
    await world.close()
    await opened.close()
    await server.close()
  })
  const create = (token: string, mode: 'hybrid' | 'technical-only' = 'hybrid') =>
    world.until(world.client.recommendations.create({ body: { token, maxAgeMs: 0, mode } }))

  it('bears what the model may say, and names what it may not', async () => {
    const made = await create('BTC')
    expect(made.engine).toMatchObject({ analyst: 'model', model: 'gpt-4o', ending: 'answered', tokens: 150 })
    expect(made.engine.costUsd).toBeGreaterThan(0)
    expect(made.reasoning).toMatch(/The long trend carries it \(Long trend: -?[0-9.]+ [^)]+\) \[tech\.ema-trend\]\./)
    expect(made.reasoning).not.toContain('300')
    expect(made.keyFactors[0]).toMatchObject({ evidence: ['tech.ema-trend'], why: 'it has held for weeks' })
    expect(made.wouldChange![0]).toContain('[tech.ichimoku]')
    expect(made.clamps!.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['model-adjustment', 'model-prose']))
    expect(server.calls).toHaveLength(1)
  })

  it('is replayed to the byte from what is sealed, without asking anybody', async () => {
    const made = await create('ETH')
    const sealed = (await world.app.recommendations.byId(localUser, made.id))!
    server.forget()
    const inputs = await storedInputs(world.app.recommendations, sealed)
    expect(JSON.parse(inputs.opinion!)).toMatchObject({ analyst: 'model', answer: opinion })
    expect(compareReplay(sealed, inputs, 'test')).toMatchObject({ identical: true, differences: [] })
    const altered = inputs.opinion!.replace('it has held for weeks', 'it has held for years')
    expect(compareReplay(sealed, { ...inputs, opinion: altered }, 'test').identical).toBe(false)
    expect(server.calls).toEqual([])
  })

  it('asks the model once for a thousand equal requests at once', async () => {
    const token = await world.app.tokens.resolve('BTC')
    const profile = { ...houseProfile, timeframe: 'DAY_TRADE' as const }
    const answers = await world.until(
      Promise.all(Array.from({ length: 1_000 }, () => world.app.askAdvice(localUser, token, profile, 0))),
    )
    expect(new Set(answers.map(({ document }) => document.id)).size).toBe(1)
    expect(answers.filter(({ made }) => made)).toHaveLength(1)
    expect(server.calls.filter(({ body }) => body.response_format?.json_schema?.name === 'opinion')).toHaveLength(1)
  })

  it('is made without its words when the model fails, and says so', async () => {
    server.answer(says.refusal())
    const made = await create('ETH', 'technical-only')
    expect(made.engine).toMatchObject({ analyst: 'rules', ending: 'refused', model: 'gpt-4o' })
    expect(made.warnings).toContain('no AI text: the model refused to answer')
    expect(made.reasoning).toMatch(/^The evidence/)
  })

  it('keeps the key out of everything that is kept, and what strangers call themselves out of the prompt', async () => {
    await create('BTC', 'technical-only')
    expect(server.calls.length).toBeGreaterThan(0)
    expect(canonical(server.calls.map(({ body }) => body))).not.toMatch(/Bitcoin|BTC|sk-test/)
    for (const table of ['recommendation', 'inputs', 'model_journal', 'model_call', 'ledger'] as const) {
      const rows = await world.db
        .selectFrom(table as never)
        .selectAll()
        .execute()
        .catch(() => [])
      expect(JSON.stringify(rows)).not.toContain(testKey)
    }
  })
})
