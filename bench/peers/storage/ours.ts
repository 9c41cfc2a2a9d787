import { minutes, tokenId } from '@pumpiq/domain'
import type { Db } from '../../../packages/server/src/db/db.ts'
import { createCandleStore } from '../../../packages/server/src/evidence/candles.ts'
import { createHistory } from '../../../packages/server/src/evidence/history.ts'
import { createRollUps } from '../../../packages/server/src/evidence/rollups.ts'
import { beginsAt, type Contender, sumOf } from './rows.ts'

/** Through the store. */
export function ours(db: Db, perToken: number): Contender {
  const endsAt = beginsAt + minutes(perToken)
  const store = createCandleStore({ db })
  const history = createHistory({ db, clock: { now: () => endsAt } })
  const series = (token: string) => ({ token, source: 'bench' })
  const page = async (token: string, interval: '1m' | '1h', limit: number) => {
    const span = { from: beginsAt, to: endsAt, behind: { source: 'bench', before: endsAt } }
    const { candles } = await history({ token: tokenId(token), interval, limit, ...span })
    return sumOf(candles.slice(0, limit).map(({ close }) => Number(close)))
  }
  return {
    async put(token, candles) {
      await db
        .transaction()
        .execute((tx) => store.put(tx, series(token), candles, { interval: '1m', fetchedAt: endsAt }))
    },
    async latest(token, count) {
      const range = { interval: '1m', from: endsAt - minutes(count), to: endsAt } as const
      const { close, length } = await store.read(series(token), range)
      return sumOf(close.subarray(0, length))
    },
    page: (token, count) => page(token, '1m', count),
    rollUp: async () => void (await createRollUps({ db }).rollUp()),
    hours: (token) => page(token, '1h', 1_000),
    close: () => db.destroy(),
  }
}
