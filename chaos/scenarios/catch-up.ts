import { hours, minutes, seconds } from '@pumpiq/domain'
import { audit, auditCandles, type Issued } from '../audit.ts'
import { draft, openRecord, priceAt } from '../calls.ts'
import { createListings, minuteAgo, openDb } from '../installation.ts'
import { createPostgres } from '../postgres.ts'
import { startServe, until } from '../processes.ts'
import { atMost, type Figure, type Options, type Scenario } from '../report.ts'
import { oneOf } from '../seeded.ts'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { createVenue } from '../venue.ts'
import { serveUpstream } from '../upstream.ts'

/** What the installation was away for, and a little before it. */
const awayMs = hours(24)
const demandedMs = seconds(60)

export const catchUp: Scenario = {
  summary: 'a real server that was away for 24 hours, on PostgreSQL: how long until all open calls are judged',
  async run({ full, seed, say }: Options): Promise<readonly Figure[]> {
    const random = seededRandom(seed)
    const end = minuteAgo(minutes(3))
    const from = end - awayMs - hours(2)
    const listings = createListings({ count: full ? 20 : 5, from, to: end, seed })
    const venue = createVenue(listings)
    venue.reveal(Infinity)
    const upstream = await serveUpstream(venue.hosts)
    const postgres = await createPostgres()
    try {
      await postgres.createDatabase('pumpiq')
      const db = await openDb(postgres.url('pumpiq'))
      const record = await openRecord({ db, path: null })
      const issued: Issued[] = []
      for (let n = 0; n < (full ? 1_000 : 60); n++) {
        const listing = oneOf(random, listings)
        const issuedAt = from + hours(2) + Math.floor(random() * minutes(2))
        const horizonMs = awayMs - minutes(10) - Math.floor(random() * hours(12))
        const unsealed = draft({ listing, issuedAt, horizonMs, price: priceAt(listing, issuedAt), random })
        issued.push({ listing, document: await record.issue(listing, unsealed) })
      }
      say(`${issued.length} calls are open on ${listings.length} tokens, issued ${awayMs / hours(1)} h ago`)
      const startedAt = performance.now()
      const env = { DATABASE_URL: postgres.url('pumpiq'), PUMPIQ_UPSTREAM: upstream.url }
      const server = startServe({ name: 'serve', env })
      const isOver = async () => {
        const { open } = await db
          .selectFrom('outcomes')
          .select((is) => is.fn.count<number>('recommendationId').distinct().as('open'))
          .executeTakeFirstOrThrow()
        return open === issued.length
      }
      await server.url()
      const readyMs = performance.now() - startedAt
      await until('all calls are judged', 10 * demandedMs, isOver)
      const tookMs = performance.now() - startedAt
      await server.stop()
      const figures = [...(await audit({ db, ledger: record.ledger, issued })), ...(await auditCandles(db, listings))]
      await record.close()
      await db.destroy()
      return [
        atMost('from the start of the process until all are judged', tookMs / 1_000, demandedMs / 1_000, 's'),
        atMost('of that until it answers', readyMs / 1_000, 30, 's'),
        ...figures,
      ]
    } finally {
      await postgres.close()
      await upstream.close()
    }
  },
}
