import { minutes } from '@pumpiq/domain'
import { createDb, type Db } from '../packages/server/src/db/db.ts'
import { systemClock } from '../packages/server/src/platform/clock.ts'
import { openHome } from '../packages/server/src/platform/home.ts'
import { silentLog } from '../packages/server/src/platform/log.ts'
import { createSecret } from '../packages/server/src/platform/secret.ts'
import { seededRandom } from '../packages/server/src/platform/random.ts'
import { walk } from './seeded.ts'
import type { Listing } from './venue.ts'

/** A database of the product by its address, migrated. */
export const openDb = (url: string): Promise<Db> => createDb({ url: createSecret(url), label: 'live', log: silentLog })

/** The embedded installation of a folder, opened as the process of this home while no other has it. */
export async function openEmbedded(dir: string) {
  const home = await openHome({ dir, label: 'live', clock: systemClock })
  const db = await createDb({ home, log: silentLog })
  return {
    db,
    ledgerPath: home.path('ledger.jsonl'),
    async close(): Promise<void> {
      await db.destroy()
      home.release()
    },
  }
}

const prices = [64_000, 3_100, 145, 0.62, 0.000_021_5, 1.0032, 17.4, 0.083]

type Wish = { count: number; from: number; to: number; seed: number; sigmaRatio?: number }

/** So many tokens with a walk each, of prices from large to tiny. */
export const createListings = ({ count, from, to, seed, sigmaRatio }: Wish): readonly Listing[] =>
  Array.from({ length: count }, (_, n) => {
    const random = seededRandom(seed * 1_000 + n)
    const price = prices[n % prices.length]! * (0.8 + 0.4 * random())
    const written = walk({ from, to, price: Number(price.toPrecision(7)), random, ...(sigmaRatio && { sigmaRatio }) })
    return { token: `ethereum:0x${(n + 1).toString(16).padStart(40, '0')}`, symbol: `PAPER${n + 1}`, walk: written }
  })

/** The start of the minute so many ms ago by the machine's clock: what the product sees is in the past for it, as on a real venue. */
export const minuteAgo = (ms: number): number => {
  const at = Date.now() - ms
  return at - (at % minutes(1))
}
