import type { EndpointTable } from '../endpoint.ts'
import { analysis } from './analysis.ts'
import { accounts } from './accounts.ts'
import { admin } from './admin.ts'
import { hooks } from './hooks.ts'
import { evidence } from './evidence.ts'
import { jobs } from './jobs.ts'
import { ledger } from './ledger.ts'
import { notifications } from './notifications.ts'
import { performance } from './performance.ts'
import { portfolio } from './portfolio.ts'
import { recommendations } from './recommendations.ts'
import { settings } from './settings.ts'
import { system } from './system.ts'
import { tokens } from './tokens.ts'
import { udf } from './udf.ts'
import { watchlist } from './watchlist.ts'

/** All that can be asked: server, client and OpenAPI are made from this one value. */
export const endpoints = {
  tokens,
  evidence,
  analysis,
  recommendations,
  jobs,
  watchlist,
  portfolio,
  performance,
  ledger,
  notifications,
  hooks,
  accounts,
  settings,
  admin,
  udf,
  system,
} as const satisfies EndpointTable
export type Endpoints = typeof endpoints
