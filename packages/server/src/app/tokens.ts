import { createHistory } from '../evidence/history.ts'
import { createSparklines } from '../evidence/sparklines.ts'
import { createAlongside } from '../evidence/history-series.ts'
import type { Ask } from '../network/ask.ts'
import type { Source } from '../sources/source.ts'
import { createForgetTokens } from '../tokens/forget.ts'
import { tokenJobs } from '../tokens/jobs.ts'
import { createListing } from '../tokens/listing.ts'
import { createTokenRoutes } from '../tokens/routes.ts'
import { createSearchTokens } from '../tokens/search.ts'
import { createTokenStore } from '../tokens/store.ts'
import { createTokenSources } from '../tokens/token-sources.ts'
import { createTokens } from '../tokens/tokens.ts'
import { createUdfRoutes } from '../tokens/udf.ts'
import type { Outside } from './given.ts'

type Given = Pick<Outside, 'db' | 'reads' | 'clock' | 'log'>

/** Which tokens there are, and which is meant. */
export function openTokens(given: Given, { sources, ask }: { sources: readonly Source[]; ask: Ask }) {
  const { db, reads, clock, log } = given
  const tokenStore = createTokenStore({ db })
  const { catalogue: fetchCatalogue, lookUp, fresh } = createTokenSources({ sources, ask, clock, log })
  const tokens = createTokens({ store: tokenStore, fetchCatalogue, lookUp, clock, log })
  const listing = createListing({ db: reads.db, clock })
  const history = createHistory({ db: reads.db, clock })
  return {
    tokenStore,
    tokens,
    listing,
    jobs: tokenJobs({ fresh, store: tokenStore, clock, forgetTokens: createForgetTokens({ db, clock, log }) }),
    routes: {
      tokens: createTokenRoutes({
        tokens,
        listing,
        searchTokens: createSearchTokens({ db: reads.db, listing }),
        history,
        sparklinesOf: createSparklines({ db: reads.db, clock }),
        alongside: createAlongside({ db: reads.db }),
      }),
      udf: createUdfRoutes({ tokens, store: tokenStore, history, clock }),
    },
  }
}
