import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import {
  compileDossier,
  createNameIndex,
  decide,
  houseProfile,
  lexiconReader,
  promptFor,
  readingPrompt,
  readText,
  rules,
  type Brief,
  type Document,
  type Evidence,
  type ModelOpinion,
  type Token,
} from '@pumpiq/domain'
import { sampleBitcoin, sampleCandles } from '@pumpiq/domain/testing'
import { createModelAnalyst } from '../../packages/server/src/analysts/model.ts'
import { createSavedDb } from '../../packages/server/src/db/saved-db.ts'
import { sampleGathered } from '../../packages/server/src/http/sample-evidence.ts'
import { openModel } from '../../packages/server/src/llm/test-model.ts'
import { says, startModelServer } from '../../packages/server/src/testing/model-server.ts'
import { cpuNs, median } from '../harness.ts'

/**
 * What a recommendation with a model comes to: `synthesis.ts TIMES`. Tokens as the tokenizer of gpt-4o (o200k) counts them and as the
 * provider's usage tells them, dollars as they are booked, processor time of the way from evidence to the decision, the question left out.
 */
const times = Number(process.argv[2] ?? 20)

/** A contract has the most readings. */
const contract: Token = {
  ...sampleBitcoin,
  id: `solana:${'A1'.repeat(21)}` as Token['id'],
  chain: 'solana',
  address: 'A1'.repeat(21),
}

/** As long as the form allows a sensible answer to be. */
const answer = {
  reasoning: Array.from(
    { length: 8 },
    () =>
      'The long trend carries the price {tech.ema-trend} while funding shows a crowd that pays to be long {chain.funding}, which is fuel for the other side.',
  ),
  factors: Array.from({ length: 8 }, () => ({
    reading: 'tech.ema-trend',
    why: 'it has held through the last swings of the market',
  })),
  conflicts: Array.from({ length: 2 }, () => ({
    up: 'tech.ema-trend',
    down: 'chain.funding',
    why: 'the crowd deserves more weight once the trend tires',
  })),
  wouldChange: [
    'A close inside the cloud {tech.ichimoku}.',
    'Funding that falls back to its usual level {chain.funding}.',
  ],
  stop: null,
  target: null,
  stance: 'agree',
  adjustment: -0.03,
}

function evidenceOf(seed: number): { evidence: Evidence; at: number } {
  const candles = sampleCandles(seed, 600)
  const at = candles.openAt[599]! + candles.intervalMs
  const token = seed % 2 === 0 ? sampleBitcoin : contract
  const gathered = sampleGathered({ token, at, tilt: (seed % 5) / 5 - 0.4, telling: 'plain' })
  const rest = { quotes: [], gaps: [], coverage: {}, labels: [], recorded: true, lagMs: 0 }
  return { evidence: { token, timeframe: 'SWING', candles, gathered, ...rest }, at }
}

function briefOf(seed: number): Brief {
  const { evidence, at } = evidenceOf(seed)
  const past = { house: false, previous: null, calibration: null, evidenceHash: null, engineVersion: 'bench' }
  return { ...past, dossier: compileDossier(evidence, at), profile: houseProfile }
}

async function booked(model: string) {
  const db = await createSavedDb()
  const server = await startModelServer()
  const asked: number[] = []
  server.answer(({ body }) => {
    const input = countTokens(
      body.messages.map(({ content }) => content).join('\n') + JSON.stringify(body.response_format),
    )
    asked.push(input)
    return says.json(answer, { usage: { input, output: countTokens(JSON.stringify(answer)) } })
  })
  const opened = openModel({ db, upstream: server.upstream, settings: { model, usdPerDay: 1_000 } })
  await opened.model.start()
  const analyst = createModelAnalyst({ model: opened.model })
  const opinions: ModelOpinion[] = []
  const ms: number[] = []
  for (let seed = 1; opinions.length < times && seed < 20 * times; seed++) {
    const start = cpuNs()
    const brief = briefOf(seed)
    const base = rules(brief)
    promptFor(brief, base)
    const before = cpuNs() - start
    const opinion = await analyst.analyse(brief, base, { userId: 'u', abort: undefined })
    if (!opinion) continue
    opinions.push(opinion)
    const after = cpuNs()
    decide({ brief, opinions: [base, opinion], id: '01900000-0000-7000-8000-000000000001', inputsHash: '0'.repeat(64) })
    ms.push((before + cpuNs() - after) / 1e6)
  }
  await opened.close()
  await server.close()
  await db.destroy()
  return {
    asked: opinions.length,
    answered: opinions.filter(({ ending }) => ending === 'answered').length,
    inputTokens: Math.max(...opinions.map(({ tokens }) => tokens!.input)),
    outputTokens: Math.max(...opinions.map(({ tokens }) => tokens!.output)),
    usd: median(opinions.map(({ costUsd }) => costUsd!)),
    ms: median(ms),
  }
}

const names = createNameIndex([{ id: sampleBitcoin.id, symbol: 'BTC', name: 'Bitcoin', marketCapRank: 1 }])
const article =
  'Bitcoin fund flows turned on Tuesday as the regulator delayed its decision, according to people who know the matter. '
const documentsOf = (n: number) =>
  Array.from({ length: n }, (_, i) => {
    const document = {
      id: `x:${i}`,
      title: `Bitcoin falls as decision ${i} is delayed`,
      text: article.repeat(8),
    } as Document
    return { document, claim: { document: document.id, ...readText(document, names), reader: lexiconReader } }
  })
const readTokens = (n: number): number => {
  const { instructions, prompt } = readingPrompt(documentsOf(n), '0123456789abcdef')
  return countTokens(`${instructions}\n${prompt}`) / n
}

const brief = briefOf(3)
const { instructions, prompt } = promptFor(brief, rules(brief))
process.stdout.write(
  JSON.stringify({
    fixedTokens: countTokens(instructions),
    changingTokens: countTokens(prompt),
    first: await booked('gpt-4o'),
    successor: await booked('gpt-6-luna'),
    readAlone: readTokens(1),
    readTogether: readTokens(8),
    readAnswer: countTokens(
      JSON.stringify({
        n: 1,
        tokens: [{ n: 1, relevance: 0.9 }],
        quote: article,
        event: 'regulation',
        sentiment: -0.5,
        magnitude: 0.6,
        flags: [],
      }),
    ),
  }),
)
