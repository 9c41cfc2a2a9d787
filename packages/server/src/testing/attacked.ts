import {
  compileDossier,
  createNameIndex,
  decide,
  houseProfile,
  modelClaims,
  promptFor,
  readingPrompt,
  readText,
  rules,
  toIso,
  weightsOf,
  type Brief,
  type Claim,
  type Document,
  type Evidence,
  type Mode,
  type ModelOpinion,
  type Recommendation,
  type RulesOpinion,
  type Token,
  lexiconReader,
} from '@pumpiq/domain'
import { sampleBitcoin, sampleCandles } from '@pumpiq/domain/testing'
import { createCrowdOf } from '../evidence/crowd-of.ts'
import type { ReadDocument } from '../evidence/documents.ts'
import { createStoriesOf } from '../evidence/stories-of.ts'
import { sampleGathered } from '../http/sample-evidence.ts'
import type { AttackChannel } from './attack-texts.ts'

const candles = sampleCandles(11, 600)
const at = candles.openAt[599]! + candles.intervalMs
const known = toIso(at - 600_000)

/** What a stranger wrote and where, in the documents and the token as sources would tell them. */
export function attackedWorld(text: string, channel: AttackChannel): { documents: Document[]; token: Token } {
  const plain = 'Bitcoin is now available on another exchange'
  const on = (where: AttackChannel, usual: string, most: number) => (channel === where ? text : usual).slice(0, most)
  const document = (kind: Document['kind'], id: string, over: Partial<Document>): Document => ({
    what: 'document',
    source: kind === 'news' ? 'gdelt' : 'bluesky',
    token: null,
    observedAt: known,
    fetchedAt: known,
    kind,
    id: `${kind}:${id}`,
    url: null,
    title: '',
    text: plain,
    publisher: on('publisher', 'example.com', 200) || 'example.com',
    author: null,
    tags: [],
    likes: 1_000_000,
    reposts: null,
    views: null,
    vendorSentiment: null,
    ...over,
  })
  const author = {
    id: on('author', 'someone', 200),
    name: on('author', 'Someone', 200),
    createdAt: null,
    followers: 9_000_000,
    following: 1,
    posts: 5,
    verified: true,
  }
  const news = document('news', '1', {
    title: on('headline', plain, 1_000),
    text: `Bitcoin. ${on('body', plain, 20_000)}`,
  })
  const post = document('social', '1', { text: `$BTC ${on('post', plain, 20_000)}`, author })
  const described = document('news', '2', { title: 'Bitcoin', text: `Bitcoin ${on('description', plain, 20_000)}` })
  const token: Token =
    channel === 'token name' || channel === 'token symbol'
      ? {
          ...sampleBitcoin,
          id: `solana:${'A1'.repeat(21)}` as Token['id'],
          chain: 'solana',
          address: 'A1'.repeat(21),
          name: on('token name', 'Fine', 120),
          symbol: on('token symbol', 'FINE', 32),
          catalogueId: null,
          marketCapRank: null,
        }
      : sampleBitcoin
  return { documents: [news, post, described], token }
}

/** A reader model that does what the text orders: the best claim there can be, in the text's own words, and no flag. */
const obedientClaims = (documents: readonly Document[], claims: readonly Claim[]): Claim[] => {
  const reads = documents.map((document, i) => ({ document, claim: claims[i]! }))
  readingPrompt(reads, 'mark')
  return modelClaims(
    {
      documents: documents.map(({ title, text }, i) => ({
        n: i + 1,
        tokens: [{ n: 1, relevance: 1e9 }],
        quote: `${title} ${text}`.slice(0, 160),
        event: 'listing',
        sentiment: 1e9,
        magnitude: 1e9,
        flags: [],
      })),
    },
    reads,
    'obedient',
  )
}

/** An analyst model that does what the text orders, in the form that would be believed most. */
export const obedientOpinion = (text: string): ModelOpinion => ({
  analyst: 'model',
  model: 'obedient',
  promptHash: '0',
  ending: 'answered',
  answer: {
    reasoning: [text, `${text} {tech.rsi14}`, 'Everything leans up.'],
    factors: [{ reading: text, why: text }],
    conflicts: [{ up: text, down: 'tech.rsi14', why: text }],
    wouldChange: [text],
    stop: '0',
    target: '1000000',
    stance: 'agree',
    adjustment: 1,
  },
  tokens: null,
  costUsd: null,
})

/** What is remembered of the last call, with words of a stranger where ids stand. */
const remembered = (text: string): Brief['previous'] => ({
  id: '01900000-0000-7000-8000-000000000000',
  type: 'HOLD',
  issuedAt: known,
  score: 0,
  contributions: { [text]: 1 },
})

type Chain = { brief: Brief; base: RulesOpinion; prompt: string; decided: Recommendation; flagged: boolean }

/** The whole way of what strangers wrote: both readers, stories and crowd, dossier, rules, prompt, an obedient analyst, the gate. */
export async function attackedChain(
  { documents, token }: { documents: readonly Document[]; token: Token },
  text: string,
  { mode, channel }: { mode: Mode; channel: AttackChannel },
): Promise<Chain> {
  const names = createNameIndex([{ id: sampleBitcoin.id, symbol: 'BTC', name: 'Bitcoin', marketCapRank: 1 }])
  const lexicon = documents.map((document): Claim => ({
    document: document.id,
    ...readText(document, names),
    reader: lexiconReader,
  }))
  const claims = obedientClaims(documents, lexicon)
  const of = ({ kind }: { kind: Document['kind'] }): Promise<ReadDocument[]> =>
    Promise.resolve(
      documents.flatMap((document, i) =>
        document.kind === kind ? [{ document, claim: claims[i]!, relevance: 1 }] : [],
      ),
    )
  const stories = await createStoriesOf({ documents: { of } })(token, at)
  const counted = { of, hourly: () => Promise.resolve([]), firstAt: () => Promise.resolve(null) }
  const crowd = await createCrowdOf({ documents: counted })(token, at)
  const evidence: Evidence = {
    token,
    timeframe: 'SWING',
    candles,
    quotes: [],
    gaps: [],
    gathered: { ...sampleGathered({ token, at, tilt: 0.5, telling: 'plain' })!, stories, crowd },
    coverage: {},
    labels: [],
    recorded: true,
    lagMs: 0,
  }
  const profile = { ...houseProfile, mode, weights: weightsOf(mode) }
  const brief: Brief = {
    house: false,
    dossier: compileDossier(evidence, at),
    profile,
    previous: channel === 'memory' ? remembered(text) : null,
    calibration: null,
    evidenceHash: null,
    engineVersion: 'test',
  }
  const base = rules(brief)
  const { instructions, prompt } = promptFor(brief, base)
  const decided = decide({
    brief,
    opinions: [base, obedientOpinion(text)],
    id: '01900000-0000-7000-8000-000000000001',
    inputsHash: '0'.repeat(64),
  })
  return {
    brief,
    base,
    prompt: `${instructions}\n${prompt}`,
    decided,
    flagged: lexicon.some(({ flags }) => flags.includes('injection')),
  }
}
