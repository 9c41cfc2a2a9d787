import { add, intervals, priceOf, toIso, zero, type Bar, type Price } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

const intervalsRolled = ['5m', '15m', '1h', '4h', '1d'] as const

/** What is rolled up of a token, a line each. */
export const rolledUp = async (db: Db, token: string): Promise<string[]> =>
  (await db.selectFrom('rollup').selectAll().where('tokenId', '=', token).execute())
    .map(({ tf, ts, o, h, l, c, v, minutes: n }) => `${tf} ${ts.toISOString()} ${[o, h, l, c, v, n].join(' ')}`)
    .toSorted()

/** The same from the minutes as they stand, with the arithmetic of decimal strings. */
export function fromScratch(bars: ReadonlyMap<number, Bar>): string[] {
  const sorted = [...bars.values()].toSorted((a, b) => a.openAt - b.openAt)
  return intervalsRolled
    .flatMap((interval) => {
      const wide = intervals[interval]
      const buckets = Map.groupBy(sorted, ({ openAt }) => openAt - (openAt % wide))
      return [...buckets].map(([ts, own]) => {
        const volume = own.reduce<Price>((sum, { volume: v }) => add(sum, priceOf(v)), zero)
        const [high, low] = [Math.max(...own.map((bar) => bar.high)), Math.min(...own.map((bar) => bar.low))]
        const values = [priceOf(own[0]!.open), priceOf(high), priceOf(low), priceOf(own.at(-1)!.close), volume]
        return `${interval} ${toIso(ts)} ${[...values, own.length].join(' ')}`
      })
    })
    .toSorted()
}
