import type { StoreHealth } from '@pumpiq/api'
import type { Db } from './db.ts'
import { timeseriesOf } from './timescale.ts'

type Needs = { db: Db; embedded: boolean; replica: () => StoreHealth['replica'] }

/** What the database is, for the health page. */
export const createStoreHealth = ({ db, embedded, replica }: Needs) => {
  // What the server can is looked for once, when it is opened.
  let timeseries: Promise<string> | null = null
  return async (): Promise<StoreHealth> => {
    timeseries ??= timeseriesOf(db).catch((thrown: unknown) => {
      timeseries = null
      throw thrown
    })
    return { engine: embedded ? 'embedded' : 'postgresql', timeseries: await timeseries, replica: replica() }
  }
}
