import {
  Brief,
  canonical,
  compileDossier,
  decide,
  fromIso,
  Mode,
  RiskTolerance,
  rules,
  SealedEvidence,
  Timeframe,
  unsealEvidence,
  weightsOf,
  type Explanation,
  type ModelAnswer,
  type ModelOpinion,
  type Recommendation,
} from '@pumpiq/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '../platform/hash.ts'
import { createIds } from '../platform/ids.ts'
import { seededRandom } from '../platform/random.ts'
import { createWorld, type World } from '../testing/world.ts'
import { explain } from './explain.ts'
import { explanationText } from './explanation-text.ts'
import { compareReplay } from './replay.ts'
import { storedInputs } from './stored-inputs.ts'
import { localUser } from './users.ts'

const wanted = 200
const startMs = 120_000

let world: World
let made: Recommendation[]
let told: Explanation[]
let fromWorld = 0

beforeAll(async () => {
  world = await createWorld()
  await world.until(world.app.house.round())
  for (const timeframe of Timeframe.options) {
    for (const token of ['BTC', 'SOL'])
      await world.until(world.client.recommendations.create({ body: { token, timeframe, maxAgeMs: 0 } }))
  }
  const { items } = await world.client.recommendations.list({ query: { limit: 100 } })
  const asked = await Promise.all(items.map(({ id }) => world.client.recommendations.one({ params: { id } })))
  fromWorld = asked.length
  made = [...asked, ...(await variantsOf(asked))]
  told = []
  for (const [i, one] of made.entries()) {
    const asks = world.client.recommendations.explanation
    told.push(i < fromWorld ? await asks({ params: { id: one.id } }) : await explain(world.app.recommendations, one))
  }
}, startMs)
afterAll(() => world.close())

/** The same evidence for other modes and tolerances, with and without a model that has something to say, stored as calls are. */
async function variantsOf(asked: readonly Recommendation[]): Promise<Recommendation[]> {
  const ids = createIds({ clock: world.time, random: seededRandom(11) })
  const variants: Recommendation[] = []
  for (let i = 0; asked.length + variants.length < wanted; i++) {
    const of = asked[i % asked.length]!
    const { brief: text, evidence: kept } = await storedInputs(world.app.recommendations, of)
    const evidence = SealedEvidence.parse(JSON.parse(kept!))
    const stored = Brief.parse(JSON.parse(text))
    const mode = Mode.options[i % Mode.options.length]!
    const riskTolerance = RiskTolerance.options[i % RiskTolerance.options.length]!
    const brief: Brief = {
      ...stored,
      house: false,
      dossier: compileDossier(unsealEvidence(evidence), fromIso(stored.dossier.at)),
      profile: { ...stored.profile, mode, weights: weightsOf(mode), riskTolerance },
    }
    variants.push(await store(ids.next(), brief, i % 2 === 0 ? opinionOf(brief, i) : null))
  }
  return variants
}

async function store(id: string, brief: Brief, opinion: ModelOpinion | null): Promise<Recommendation> {
  const { recommendations } = world.app
  const [inputs, said] = [canonical(brief), opinion && canonical(opinion)]
  const document = decide({
    brief,
    opinions: opinion ? [rules(brief), opinion] : [rules(brief)],
    id,
    inputsHash: sha256Hex(inputs),
    opinionHash: said === null ? null : sha256Hex(said),
  })
  await world.db.transaction().execute(async (tx) => {
    await recommendations.putInputs(tx, document.inputsHash, inputs)
    if (said !== null) await recommendations.putInputs(tx, sha256Hex(said), said)
    await recommendations.insert(tx, localUser, document)
  })
  return document
}

/** Now and then it fails, asks for caution, names a price, or makes numbers up. */
function opinionOf({ dossier: { readings } }: Brief, i: number): ModelOpinion {
  const id = (k: number) => readings[(i + k) % Math.max(1, readings.length)]?.id ?? 'tech.rsi14'
  const answer: ModelAnswer = {
    reasoning: [`The weightiest is {${id(0)}}, held against {${id(7)}}.`, 'It will rise by 40 %.', `See {${id(3)}}.`],
    factors: [{ reading: id(0), why: `it stands at {${id(0)}}` }],
    conflicts: [{ up: id(1), down: id(2), why: `one is {${id(1)}}` }],
    wouldChange: [`A turn of {${id(5)}}.`],
    stop: i % 3 === 0 ? 'stop.atr' : null,
    target: i % 4 === 0 ? '67000' : null,
    stance: i % 5 === 0 ? 'caution' : 'agree',
    adjustment: i % 3 === 0 ? -0.3 : 0.02,
  }
  const common = { analyst: 'model', model: 'gpt-4o', promptHash: sha256Hex(String(i)), costUsd: 0.0061 } as const
  if (i % 8 === 2) return { ...common, ending: 'slow', answer: null, tokens: null }
  return { ...common, ending: 'answered', answer, tokens: { input: 900, cachedInput: 0, output: 120 } }
}

describe('what is stored of recommendations', () => {
  it('is many: of the whole server, of every mode and timeframe, with a model and without', () => {
    expect(made).toHaveLength(wanted)
    expect(fromWorld).toBeGreaterThanOrEqual(20)
    expect(new Set(made.map(({ mode }) => mode)).size).toBe(Mode.options.length)
    expect(new Set(made.map(({ timeframe }) => timeframe)).size).toBe(Timeframe.options.length)
    expect(made.filter(({ engine }) => engine.analyst === 'model').length).toBeGreaterThan(30)
    expect(new Set(made.map(({ type }) => type)).size).toBeGreaterThanOrEqual(3)
  })

  it('leaves no number of any sentence unexplained', () => {
    expect(told.flatMap(({ unresolved }) => unresolved)).toEqual([])
    const numbers = told.flatMap(({ sentences }) => sentences.filter(({ text }) => /\d/.test(text)))
    expect(numbers.length).toBeGreaterThan(wanted * 3)
  })

  it('leads every reading to an observation with its source', () => {
    for (const { readings, observations } of told) {
      for (const { id, cites, see } of readings) {
        expect(see, id).not.toBeNull()
        const seen = cites.map((cite) => observations.find((one) => one.cite === cite))
        expect(seen.map((one) => one?.what ?? 'nothing')).not.toContain('nothing')
        expect(seen.map((one) => one!.what)).not.toContain('absent')
      }
    }
    const sources = told.flatMap(({ observations }) => observations.map((one) => ('source' in one ? one.source : 'x')))
    expect(sources).not.toContain('')
  })

  it(
    'replays byte for byte',
    async () => {
      for (const one of made) {
        const inputs = await storedInputs(world.app.recommendations, one)
        const { identical, differences } = compareReplay(one, inputs, 'test')
        expect(differences).toEqual([])
        expect(identical).toBe(true)
      }
    },
    startMs,
  )

  it('says where each level came from, and what became of what a model asked for', () => {
    for (const [i, one] of made.entries()) {
      const { levels, call, model } = told[i]!
      expect(levels).toHaveLength(one.entry ? 6 : one.band ? 2 : 0)
      for (const { level, candidate } of levels)
        if (level === 'stop' || level === 'target1') expect(candidate).not.toBeNull()
      expect(call.type).toBe(one.type)
      expect(model?.ending).toBe(one.engine.ending)
      expect(call.clamps).toEqual(one.clamps ?? [])
    }
  })

  it('is told to people as a tree from which no terminal can be steered', () => {
    for (const each of told) {
      const text = explanationText(each)
      for (const { text: sentence } of each.sentences) expect(text).toContain(sentence)
      expect(text).not.toContain('refers to nothing')
      expect(text).not.toContain('NOT EXPLAINED')
    }
    const hostile = { ...told[0]!, labels: ['\u001B[2Jgone\u202E'] }
    expect(explanationText(hostile)).not.toMatch(/[\p{Cf}]|(?!\n)\p{Cc}/u)
  })

  it('is not explained where it is not there, or where its brief is not kept', async () => {
    const { client } = world
    const missing = '01900000-0000-7000-8000-00000000dead'
    await expect(client.recommendations.explanation({ params: { id: missing } })).rejects.toThrow(
      `there is no recommendation ${missing}`,
    )
    await expect(explain({ inputs: () => Promise.resolve(null) }, made[0]!)).rejects.toThrow('are not kept here')
  })

  it('stays explained, as far as it is kept, without the evidence', async () => {
    const [one] = made
    const inputs = (hash: string) =>
      hash === one!.inputsHash ? world.app.recommendations.inputs(hash) : Promise.resolve(null)
    const less = await explain({ inputs }, one!)
    expect(less.unresolved).toEqual([])
    expect(less.observations.filter(({ what }) => what === 'absent').length).toBeGreaterThan(0)
  })
})
