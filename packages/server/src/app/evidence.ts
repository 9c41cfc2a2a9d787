import { createAuthorCalls } from '../evidence/author-calls.ts'
import { createCollect } from '../evidence/collect.ts'
import { createCrowdOf } from '../evidence/crowd-of.ts'
import { createClaimStore, createDocuments } from '../evidence/documents.ts'
import { createGatherKinds } from '../evidence/gather-kinds.ts'
import { notingChanges } from '../evidence/note-changes.ts'
import { createKeepAside } from '../evidence/observations-aside.ts'
import { createObservations } from '../evidence/observations.ts'
import { createEvidenceRoutes } from '../evidence/routes.ts'
import { createSee } from '../evidence/see.ts'
import { createStoriesOf } from '../evidence/stories-of.ts'
import { createTake } from '../evidence/take.ts'
import { createVoicesOf } from '../evidence/voices.ts'
import { createWatched } from '../evidence/watched.ts'
import { createAlertFigures } from '../hooks/alert-figures.ts'
import type { createHooks } from '../hooks/hooks.ts'
import type { Ask } from '../network/ask.ts'
import type { Outcomes } from '../performance/outcomes.ts'
import { createReader } from '../reader/read.ts'
import { createAnalysisRoutes } from '../recommendations/analysis-routes.ts'
import type { Recommendations } from '../recommendations/store.ts'
import { houseUser } from '../recommendations/users.ts'
import type { Listing } from '../tokens/listing.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { OpenedAccounts } from './accounts.ts'
import type { Base } from './base.ts'
import type { Outside } from './given.ts'
import type { Live } from './record.ts'

type Given = Pick<Outside, 'db' | 'clock' | 'guard' | 'log'>

type Kept = { ask: Ask; tokens: Pick<Tokens, 'names'>; live: Pick<Live, 'noting'>; looked: Base['counts']['looked'] }

/** What sources said is kept and read once. */
function openKept({ db, clock, guard, log }: Given, { ask, tokens, live, looked }: Kept) {
  const observations = live.noting(createObservations({ db }))
  const watched = createWatched({ db })
  const documents = createDocuments({ db, looked: looked('documents') })
  const authorCalls = createAuthorCalls({ db })
  const claims = createClaimStore({ db })
  const take = createTake({ documents, read: createReader({ store: claims, names: tokens.names }) })
  return {
    observations,
    aside: createKeepAside({ observations, log }),
    watched,
    documents,
    authorCalls,
    claims,
    see: createSee({ ask, watched, observations, take, clock, guard, log }),
    voicesOf: createVoicesOf({ documents, calls: authorCalls }),
    storiesOf: createStoriesOf({ documents, looked: looked('stories') }),
    crowdOf: createCrowdOf({ documents, calls: authorCalls, looked: looked('crowds') }),
  }
}

type Needs = Pick<Base, 'sources' | 'off' | 'labels'> &
  Kept & {
    tokens: Pick<Tokens, 'knownNames'>
    settings: Pick<OpenedAccounts['settings'], 'freshness'>
    hooks: Pick<ReturnType<typeof createHooks>, 'alertsOf'>
  }

export type OpenedEvidence = ReturnType<typeof openEvidence>

/** What is known of a token: asked of the sources where it is stale, kept, and read. */
export function openEvidence(given: Given, needs: Needs) {
  const { db, clock, log } = given
  const { sources, off, labels, ask, tokens, settings, hooks } = needs
  const kept = openKept(given, needs)
  const { see, watched, observations, storiesOf, crowdOf } = kept
  const gatherKinds = createGatherKinds({
    sources,
    see,
    watched,
    observations,
    storiesOf,
    crowdOf,
    knownNames: tokens.knownNames,
    ownFigures: createAlertFigures(hooks.alertsOf),
    clock,
    freshness: settings.freshness,
    off: off.flatMap(({ id, kinds, why }) => kinds.map((kind) => ({ kind, source: id, why }))),
  })
  const collect = createCollect({ sources, ask, clock, labels, gatherKinds, saw: kept.aside.saw })
  return { ...kept, collect: notingChanges({ db, log })(collect) }
}

type Shown = Pick<OpenedEvidence, 'collect' | 'voicesOf' | 'storiesOf' | 'crowdOf'> & {
  tokens: Tokens
  listing: Listing
  recommendations: Pick<Recommendations, 'latest'>
  outcomes: Pick<Outcomes, 'shortOf'>
  labels: Base['labels']
}

/** What is known of a token, and what it comes to. */
export function evidenceRoutes(
  { reads, clock, houseProfile }: Pick<Outside, 'reads' | 'clock' | 'houseProfile'>,
  { collect, voicesOf, storiesOf, crowdOf, tokens, listing, recommendations, outcomes, labels }: Shown,
) {
  return {
    evidence: createEvidenceRoutes({
      tokens,
      collect,
      voicesOf,
      callOf: (token) => recommendations.latest(houseUser, token, houseProfile.timeframe),
      clock,
    }),
    analysis: createAnalysisRoutes({
      db: reads.db,
      tokens,
      listing,
      storiesOf,
      crowdOf,
      shortOf: outcomes.shortOf,
      profile: houseProfile,
      labels,
      clock,
    }),
  }
}
