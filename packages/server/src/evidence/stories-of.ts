import {
  clamp,
  days,
  fromIso,
  round,
  storiesOf as groupsOf,
  toIso,
  trustOf,
  type Story,
  type Token,
} from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'
import type { Documents, ReadDocument } from './documents.ts'
import { createRecent, type Looked } from './recent.ts'

/** How far back news bear on a token, and how many documents and stories are looked at. */
const reachMs = days(3)
const documentsAtMost = 1_000
const perPublisher = 60
const storiesAtMost = 40

/** The stories of so many tokens are remembered while no document is added, and the trust of so many publishers. */
const tokensAtMost = 300
const publishersAtMost = 5_000

export type StoriesOf = ReturnType<typeof createStoriesOf>

/** The stories about a token that are known at an instant: each once, what its most credible publisher says of it, the weightiest first. */
export function createStoriesOf({ documents, looked }: { documents: Pick<Documents, 'of'>; looked?: Looked }) {
  const recent = createRecent<Story[]>(tokensAtMost, looked)
  const trusts = createRecent<number>(publishersAtMost)
  const trust = (publisher: string): number => trusts.remember(publisher, () => trustOf(publisher).trust)

  return async function storiesOf({ id: token }: Token, now: number): Promise<Story[]> {
    const told = await documents.of({
      token,
      kind: 'news',
      since: now - reachMs,
      until: now,
      perVoice: perPublisher,
      limit: documentsAtMost,
    })
    const seen = told.map(({ document, claim, relevance }) => [document.id, claim.reader, relevance])
    return recent.remember(sha256Hex(JSON.stringify(seen)), () => storiesIn(told, trust))
  }
}

function storiesIn(told: readonly ReadDocument[], trust: Trust): Story[] {
  const byId = new Map(told.map((one) => [one.document.id, one]))
  const groups = groupsOf(
    told.map(({ document: { id, title, text, publisher, fetchedAt } }) => ({
      id,
      title,
      text,
      publisher,
      at: fromIso(fetchedAt),
    })),
  )
  return groups
    .map(({ members }) =>
      storyOf(
        members.map((id) => byId.get(id)!),
        trust,
      ),
    )
    .toSorted((a, b) => weightOf(b) - weightOf(a) || (a.id < b.id ? -1 : 1))
    .slice(0, storiesAtMost)
}

type Trust = (publisher: string) => number

const weightOf = ({ relevance, magnitude, trust }: Story): number => relevance * magnitude * trust

/** A house is known whose trust is above that of any site. */
const known = 0.4

function storyOf(members: readonly ReadDocument[], trust: Trust): Story {
  const trustIn = ({ document }: ReadDocument) => trust(document.publisher)
  const ranked = members.toSorted((a, b) => trustIn(b) - trustIn(a))
  const [best, first] = [ranked[0]!, members[0]!]
  const houses = [...new Set(ranked.map(({ document }) => document.publisher))]
  const { event, sentiment, magnitude, quote, flags } = best.claim
  const published = members.map(({ document }) => fromIso(document.observedAt))
  return {
    id: first.document.id,
    at: first.document.fetchedAt,
    publishedAt: toIso(Math.min(...published, fromIso(first.document.fetchedAt))),
    quote,
    url: best.document.url,
    publishers: houses.slice(0, 5),
    documents: members.length,
    tellers: houses.filter((house) => trust(house) > known).length,
    trust: round(trustIn(best), 4),
    relevance: round(clamp(best.relevance, 0, 1), 4),
    event,
    sentiment,
    magnitude,
    flags,
  }
}
