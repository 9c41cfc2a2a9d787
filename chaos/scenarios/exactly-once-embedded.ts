import { hours, minutes } from '@pumpiq/domain'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { audit, auditCandles, isSettled, type Issued } from '../audit.ts'
import { openRecord } from '../calls.ts'
import { createFleet } from '../fleet.ts'
import { createListings, minuteAgo, openEmbedded } from '../installation.ts'
import { until } from '../processes.ts'
import { exactly, none, type Figure, type Options, type Scenario } from '../report.ts'
import { serveUpstream } from '../upstream.ts'
import { createVenue } from '../venue.ts'
import { drafts, spanMs } from '../schedule.ts'

type Size = { readonly calls: number; readonly tokens: number; readonly kills: number; readonly batches: number }
const sizes: Readonly<Record<'full' | 'small', Size>> = {
  full: { calls: 1_500, tokens: 20, kills: 50, batches: 5 },
  small: { calls: 40, tokens: 3, kills: 3, batches: 2 },
}

export const exactlyOnceEmbedded: Scenario = {
  summary:
    'one process on an embedded database is killed again and again while the market moves: each call ends once, as the market says',
  async run({ full, seed, say }: Options): Promise<readonly Figure[]> {
    const size = sizes[full ? 'full' : 'small']
    const random = seededRandom(seed)
    const end = minuteAgo(minutes(3))
    const from = end - spanMs
    const listings = createListings({ count: size.tokens, from, to: end, seed })
    const venue = createVenue(listings)
    venue.reveal(from + hours(1))
    const upstream = await serveUpstream(venue.hosts)
    const folder = mkdtempSync(join(tmpdir(), 'pumpiq-chaos-home-'))
    const home = join(folder, 'data')
    const fleet = createFleet(
      [{ name: 'serve', env: () => ({ PUMPIQ_HOME: home, PUMPIQ_UPSTREAM: upstream.url }) }],
      say,
    )
    const waiting = drafts(listings, size.calls, from, random)
    const issued: Issued[] = []

    /** The folder is ours while no process has it: what was asked of it meanwhile is sealed. */
    async function sealUpTo(at: number): Promise<void> {
      const opened = await openEmbedded(home)
      const record = await openRecord({ db: opened.db, path: opened.ledgerPath })
      for (; waiting.length > 0 && waiting[0]!.issuedAt <= at;) {
        const { listing, unsealed } = waiting.shift()!
        issued.push({ listing, document: await record.issue(listing, unsealed()) })
      }
      await record.close()
      await opened.close()
    }

    async function hasSettled(toldAt: number): Promise<boolean> {
      await fleet.stop()
      const { db, close } = await openEmbedded(home)
      const isSo = await isSettled(db, issued.length, toldAt)
      await close()
      if (!isSo) await fleet.start()
      return isSo
    }

    try {
      await sealUpTo(from + hours(1) + spanMs / size.batches)
      await fleet.start()
      const every = Math.ceil(size.kills / size.batches)
      for (let n = 0; n < size.kills; n++) {
        const at = from + hours(1) + ((spanMs - hours(1)) * (n + 1)) / (size.kills + 1)
        venue.reveal(at)
        await sleep(500 + random() * 4_500)
        const isBatch = n % every === every - 1
        await fleet.kill(0, isBatch ? () => sealUpTo(at + spanMs / size.batches) : undefined)
        if (n % 10 === 9) say(`${n + 1} of ${size.kills} kills, ${issued.length} calls sealed`)
      }
      venue.reveal(Infinity)
      await fleet.kill(0, () => sealUpTo(Infinity))
      const toldAt = Date.now()
      await until('all calls have ended', 300_000, async () => {
        await fleet.process(0).url()
        await sleep(full ? 15_000 : 6_000)
        return hasSettled(toldAt)
      }).catch((fault: unknown) => say(String(fault)))
      await fleet.stop()
      const { db, ledgerPath, close } = await openEmbedded(home)
      const record = await openRecord({ db, path: ledgerPath })
      const figures = [...(await audit({ db, ledger: record.ledger, issued })), ...(await auditCandles(db, listings))]
      await record.close()
      await close()
      return [
        ...figures,
        none('processes that ended by themselves', fleet.unwanted()),
        exactly('kill -9', fleet.kills(), size.kills + 1),
      ]
    } finally {
      await fleet.killAll()
      await upstream.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
