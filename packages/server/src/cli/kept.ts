import { Failure } from '@pumpiq/domain'
import { buildApp } from '../app.ts'
import { homeOf, openOutside, type DataMode } from '../outside.ts'
import { homeLabelOf } from '../platform/home.ts'
import { createLog } from '../platform/log.ts'
import type { Recommendations } from '../recommendations/store.ts'
import type { CliOutside } from './command.ts'

type Wish = {
  readonly outside: CliOutside
  readonly mode: DataMode
  /** What is looked up for: "explain". */ readonly to: string
}

/** Looks something up among the recommendations that are kept: nothing is worked at, and no data folder is made. */
export async function withKept<T>(
  { outside: { config, clock, version }, mode, to }: Wish,
  look: (recommendations: Recommendations) => Promise<T>,
): Promise<T> {
  const dir = homeOf(config, mode === 'demo' ? 'simulated' : 'live')
  if (!config.databaseUrl && homeLabelOf(dir) === null)
    throw new Failure('notFound', `${dir} is no data folder of PumpIQ: there is nothing to ${to}`)
  const outside = await openOutside({ config, mode, version, clock, log: createLog({ level: 'error' }), roles: [] })
  try {
    const app = await buildApp(outside)
    try {
      return await look(app.recommendations)
    } finally {
      await app.close()
    }
  } finally {
    await outside.close()
  }
}
