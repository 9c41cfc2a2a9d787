import {
  candlesOf,
  compileDossier,
  coverageOf,
  createKnownNames,
  createNameIndex,
  type Document,
  type FigureName,
  type Kind,
  kinds,
  price,
  tokenId,
  type Token,
  weightsOf,
} from '@pumpiq/domain'
import { createSavedDb } from '../../packages/server/src/db/saved-db.ts'
import { createPostgresDb, isPostgresThere } from '../../packages/server/src/db/test-postgres.ts'
import { createAuthorCalls } from '../../packages/server/src/evidence/author-calls.ts'
import { createCrowdOf } from '../../packages/server/src/evidence/crowd-of.ts'
import { createClaimStore, createDocuments } from '../../packages/server/src/evidence/documents.ts'
import { createGatherKinds } from '../../packages/server/src/evidence/gather-kinds.ts'
import { createObservations } from '../../packages/server/src/evidence/observations.ts'
import { createSee } from '../../packages/server/src/evidence/see.ts'
import { createStoriesOf } from '../../packages/server/src/evidence/stories-of.ts'
import { createTake } from '../../packages/server/src/evidence/take.ts'
import { createWatched } from '../../packages/server/src/evidence/watched.ts'
import { createAsk } from '../../packages/server/src/network/ask.ts'
import { silentLog } from '../../packages/server/src/platform/log.ts'
import { createManualClock } from '../../packages/server/src/platform/manual-clock.ts'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { createReader } from '../../packages/server/src/reader/read.ts'
import { documentOf, figuresOf } from '../../packages/server/src/sources/seen.ts'
import type { Source } from '../../packages/server/src/sources/source.ts'
import { cpuNs, median } from '../harness.ts'

/**
 * Evidence of one kind and one token in a process of its own: `evidence.ts TOKENS TIMES embedded|apart`. Prints milliseconds of this process's
 * processor time, with the embedded database in it or with PostgreSQL apart, for the first gathering of a token, for one whose answers are
 * fresh, and for the dossier alone; `null` where no PostgreSQL answers.
 */
const [tokenCount = 4, times = 10] = process.argv.slice(2, 4).map(Number)
const isApart = process.argv[4] === 'apart'
if (isApart && !(await isPostgresThere())) {
  process.stdout.write('null')
  process.exit(0)
}
const clock = createManualClock(Date.UTC(2026, 2, 2, 10))
const random = seededRandom(9)
const words =
  'market holders price listing launch hack funding upgrade chain pool volume record plan team report'.split(' ')
const sentence = (n: number) => Array.from({ length: n }, () => words[Math.floor(random() * words.length)]).join(' ')
/** Of ten documents each, two are copies of others. */
const bodies = { news: texts(100, 90), social: texts(500, 25) }

function texts(n: number, length: number): readonly (readonly [string, string])[] {
  const own = Array.from({ length: Math.ceil(n * 0.8) }, () => [sentence(9), sentence(length)] as const)
  return Array.from({ length: n }, (_, i) => own[i % own.length]!)
}

const newToken = (i: number): Token => {
  const address = `0x${(i + 1).toString(16).padStart(40, 'a')}`
  const rank = { catalogueId: null, marketCapRank: i + 1, marketCapUsd: 1e9, priceUsd: price('1.5') }
  return {
    id: tokenId(`ethereum:${address}`),
    chain: 'ethereum',
    address,
    symbol: `TK${i}`,
    name: `Token ${i}`,
    ...rank,
  }
}

const documentsFor = (kind: 'news' | 'social', token: Token): Document[] =>
  bodies[kind].map(([title, text], i) =>
    documentOf(
      { source: `teller-${kind}-0`, token: null, observedAt: clock.now() - i * 60_000, fetchedAt: clock.now() },
      {
        id: `${token.address}-${i}`,
        kind,
        title: kind === 'news' ? `${token.name} ${title}` : '',
        text: `${token.name} ${text}`,
        publisher: kind === 'news' ? `paper-${i % 25}.example` : 'posts.example',
        ...(kind === 'social' && {
          author: {
            id: `author-${i % 200}`,
            name: `author ${i % 200}`,
            createdAt: null,
            followers: i,
            following: 100,
            posts: 50,
            verified: null,
          },
        }),
      },
    ),
  )

const told: Readonly<Record<'onchain' | 'technical', readonly FigureName[]>> = {
  onchain: ['liquidityUsd', 'volume24hUsd', 'holders', 'top10Ratio', 'supply', 'marketCapUsd', 'buys24h', 'sells24h'],
  technical: ['fundingRatio8h', 'openInterestUsd', 'basisRatio', 'longShortRatio', 'openInterestChange24hRatio'],
}

/** Six sources a kind tell figures; of news and social one tells all documents and five nothing new. */
const sources = kinds.flatMap((kind) =>
  Array.from({ length: 6 }, (_, n): Source => {
    const source = `teller-${kind}-${n}`
    const see = async ({ token, now }: { token: Token; now: number }) => {
      if (kind === 'news' || kind === 'social') return n === 0 ? documentsFor(kind, token) : []
      const values = Object.fromEntries(
        told[kind].map((name) => [name, name.endsWith('Ratio') || name.endsWith('8h') ? 0.1 : 1e6 + n]),
      )
      return figuresOf({ source, token: token.id, observedAt: now, fetchedAt: now }, values)
    }
    const watch = { name: 'things', kind, about: 'token' as const, calls: 1, serves: () => true, see }
    return { id: source, docs: '', key: 'none', budget: { calls: 9, perMs: 1 }, feeds: {}, watches: [watch] }
  }),
)

const { db, drop } = isApart ? await createPostgresDb() : { db: await createSavedDb(), drop: null }
const documents = createDocuments({ db })
const observations = createObservations({ db })
const watched = createWatched({ db })
const fetch = () => Promise.reject(new TypeError('nobody is asked'))
const names = createNameIndex(Array.from({ length: 500 }, (_, i) => newToken(i)))
const read = createReader({ store: createClaimStore({ db }), names: () => names })
const gather = createGatherKinds({
  sources,
  see: createSee({
    ask: createAsk({ fetch, clock, random, log: silentLog }),
    watched,
    observations,
    take: createTake({ documents, read }),
    clock,
    log: silentLog,
  }),
  watched,
  observations,
  storiesOf: createStoriesOf({ documents }),
  crowdOf: createCrowdOf({ documents, calls: createAuthorCalls({ db }) }),
  knownNames: () => createKnownNames([]),
  ownFigures: async () => [],
  clock,
  off: [],
})

const hour = 3_600_000
const openAt = clock.now() - 500 * hour
const candles = candlesOf(
  'paper:TKUSD:1h',
  hour,
  Array.from({ length: 500 }, (_, i) => {
    const close = 1.5 + 0.2 * Math.sin(i / 9) + 0.01 * random()
    return { openAt: openAt + i * hour, open: close - 0.01, high: close + 0.03, low: close - 0.03, close, volume: 1e5 }
  }),
)

/** Gathered, and then compiled: processor time of both in ms. */
async function once(token: Token, kind: Kind): Promise<{ gatherMs: number; dossierMs: number; readings: number }> {
  const start = cpuNs()
  const { gathered, gaps, tally } = await gather(token, weightsOf(`${kind}-only`))
  const between = cpuNs()
  const { asked = 0, failed = 0 } = tally[kind] ?? {}
  const evidence = { gathered: { ...gathered, pump: null }, gaps, coverage: { [kind]: coverageOf(asked, failed) } }
  const own = {
    token,
    candles: kind === 'technical' ? candles : null,
    quotes: [],
    labels: [],
    recorded: false,
    lagMs: 0,
  }
  const { readings } = compileDossier({ ...evidence, ...own, timeframe: 'SWING' }, clock.now())
  return { gatherMs: (between - start) / 1e6, dossierMs: (cpuNs() - between) / 1e6, readings: readings.length }
}

const measured: Record<string, { first: number; fresh: number; dossier: number; readings: number }> = {}
for (const kind of kinds) {
  const first: number[] = []
  const fresh: number[] = []
  const dossier: number[] = []
  let readings = 0
  for (let i = 0; i < tokenCount; i++) {
    const token = newToken(i)
    const begun = await once(token, kind)
    first.push(begun.gatherMs + begun.dossierMs)
    for (let k = 0; k < times; k++) {
      const again = await once(token, kind)
      fresh.push(again.gatherMs + again.dossierMs)
      dossier.push(again.dossierMs)
      readings = again.readings
    }
  }
  // The first calls warm caches and compile.
  const settled = (all: readonly number[]) => median(all.slice(Math.floor(all.length / 3)))
  measured[kind] = { first: settled(first), fresh: settled(fresh), dossier: settled(dossier), readings }
}
await (drop ? drop() : db.destroy())
process.stdout.write(JSON.stringify(measured))
