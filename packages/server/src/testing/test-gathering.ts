import { createKnownNames, type Document, type Figure, type Token } from '@pumpiq/domain'
import { createCollectKind } from '../evidence/collect-kinds.ts'
import { createGatherKinds } from '../evidence/gather-kinds.ts'
import { createSee } from '../evidence/see.ts'
import type { WatchedAnswer } from '../evidence/watched.ts'
import { createAsk } from '../network/ask.ts'
import type { Fetch } from '../network/fetch.ts'
import type { Clock } from '../platform/clock.ts'
import { createCollectedLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import type { Secret } from '../platform/secret.ts'
import type { Source } from '../sources/source.ts'

type Wish = {
  sources: readonly Source[]
  clock: Clock
  fetch: Fetch
  keys?: Readonly<Record<string, Secret>>
  /** The tokens that rounds ask for. */
  needed?: readonly Token[]
  /** Figures as they stood a day before. */
  earlier?: readonly Figure[]
}

/** How evidence of all kinds is gathered, over a memory in place of the database: for simulated hours. */
export function createGathering({ sources, clock, fetch, keys = {}, needed = [], earlier = [] }: Wish) {
  /** By token, then by source and watch. */
  const kept = new Map<string, Map<string, WatchedAnswer>>()
  const figures: Figure[] = []
  const documents = new Map<string, Document>()
  const log = createCollectedLog()
  const ask = createAsk({ fetch, clock, random: seededRandom(5), log, keys })
  const watched = {
    of: async (tokens: readonly string[]) => tokens.flatMap((token) => [...(kept.get(token)?.values() ?? [])]),
    async keep(answer: WatchedAnswer) {
      const own = kept.get(answer.token) ?? new Map<string, WatchedAnswer>()
      kept.set(answer.token, own.set(`${answer.source}|${answer.watch}`, answer))
    },
  }
  const observations = {
    keepFigures: async (all: readonly Figure[]) => void figures.push(...all),
    dayBefore: async (token: string) => earlier.filter((figure) => figure.token === token),
  }
  const take = async (all: readonly Document[]) => all.forEach((document) => documents.set(document.id, document))
  const see = createSee({ ask, watched, observations, take, clock, log })
  const gather = createGatherKinds({
    sources,
    see,
    watched,
    observations,
    storiesOf: async () => [],
    crowdOf: async () => null,
    knownNames: () => createKnownNames([]),
    ownFigures: async () => [],
    clock,
    off: [],
  })
  const collect = createCollectKind({ needed: async () => needed, sources, see, watched, ask, clock })
  const answers = () => [...kept.values()].flatMap((own) => [...own.values()])
  return { ask, see, gather, collect, answers, figures, documents, log }
}
