import { hours, minutes } from '@pumpiq/domain'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { draft, openRecord, priceAt } from '../calls.ts'
import { createFleet, type Fleet } from '../fleet.ts'
import { ownName, watchLease, type Guard } from '../guard.ts'
import { createListings, minuteAgo, openDb } from '../installation.ts'
import { createPostgres } from '../postgres.ts'
import { until } from '../processes.ts'
import { atMost, exactly, none, told, type Figure, type Options, type Scenario } from '../report.ts'
import { oneOf } from '../seeded.ts'
import { serveUpstream } from '../upstream.ts'
import { createVenue } from '../venue.ts'

const leaseMs = 10_000
const handOverMs = leaseMs + 3_000

type Round = { readonly how: 'frozen' | 'killed'; readonly tookMs: number }

/** Takes the leader away and waits for the next one; a frozen one is let go on afterwards, in the belief that it still leads. */
async function round(fleet: Fleet, guard: Guard, how: Round['how']): Promise<Round> {
  const leader = (await guard.taken()).at(-1)!
  const n = Array.from({ length: fleet.size }, (_, k) => k).find((k) => fleet.name(k) === leader.application)
  if (n === undefined) throw new Error(`${leader.application} leads and is none of those that run`)
  const goneAt = Date.now()
  if (how === 'frozen') fleet.freeze(n)
  else await fleet.kill(n)
  await until(
    `somebody takes over from ${leader.application}`,
    120_000,
    async () => (await guard.taken()).at(-1)!.epoch > leader.epoch,
  )
  const next = (await guard.taken()).find(({ epoch }) => epoch > leader.epoch)!
  if (how === 'frozen') fleet.thaw(n)
  // What it was in the middle of, it tries now.
  await sleep(1_500)
  return { how, tookMs: next.at - goneAt }
}

export const handOver: Scenario = {
  summary:
    'two trackers on one PostgreSQL: the leader is frozen or killed in its work, another takes over, and nobody writes without right',
  async run({ full, seed, say }: Options): Promise<readonly Figure[]> {
    const random = seededRandom(seed)
    const rounds = full ? 30 : 1
    const end = minuteAgo(minutes(3))
    const from = end - hours(24)
    const listings = createListings({ count: 20, from, to: end, seed })
    const venue = createVenue(listings)
    const upstream = await serveUpstream(venue.hosts)
    const postgres = await createPostgres()
    await postgres.createDatabase('pumpiq')
    const db = await openDb(postgres.url('pumpiq', ownName))
    const guard = await watchLease(db)
    const record = await openRecord({ db, path: null })
    const fleet = createFleet(
      [1, 2].map((n) => ({
        name: `tracker-${n}`,
        roles: 'tracker',
        env: (life) => ({ DATABASE_URL: postgres.url('pumpiq', life), PUMPIQ_UPSTREAM: upstream.url }),
      })),
      say,
    )
    try {
      const stranger = await openDb(postgres.url('pumpiq', 'stranger'))
      const isNoticed = await guard.proves(stranger)
      await stranger.destroy()
      for (let n = 0; n < 200; n++) {
        const listing = oneOf(random, listings)
        const issuedAt = from + hours(1) + Math.floor(random() * hours(2))
        await record.issue(
          listing,
          draft({ listing, issuedAt, horizonMs: hours(20), price: priceAt(listing, issuedAt), random }),
        )
      }
      await fleet.start()
      await until('somebody leads', 60_000, async () => (await guard.taken()).length > 0)
      const found: Round[] = []
      for (let n = 0; n < rounds; n++) {
        // News for each leader, so that it is in the middle of writing.
        venue.reveal(from + hours(3) + (n * hours(20)) / rounds)
        await sleep(random() * 2_000)
        found.push(await round(fleet, guard, n % 3 === 1 ? 'killed' : 'frozen'))
        if (n % 10 === 9) say(`${n + 1} of ${rounds} rounds`)
      }
      const worst = (how: Round['how']) =>
        Math.max(0, ...found.filter((one) => one.how === how).map(({ tookMs }) => tookMs)) / 1_000
      const stale = await guard.stale()
      await fleet.stop()
      return [
        exactly('a write without right is noticed (tried)', isNoticed ? 1 : 0, 1),
        none('stale writes', stale),
        atMost('longest hand-over of a frozen leader', worst('frozen'), handOverMs / 1_000, 's'),
        atMost('longest hand-over of a killed leader', worst('killed'), handOverMs / 1_000, 's'),
        none('processes that ended by themselves', fleet.unwanted()),
        told('rounds', found.length),
        told('changes of hands', (await guard.taken()).length - 1),
      ]
    } finally {
      await fleet.killAll()
      await record.close()
      await db.destroy()
      await postgres.close()
      await upstream.close()
    }
  },
}
