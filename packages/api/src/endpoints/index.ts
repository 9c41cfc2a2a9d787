import type { EndpointTable } from '../endpoint.ts'
import { hooks } from './hooks.ts'
import { evidence } from './evidence.ts'
import { ledger } from './ledger.ts'
import { notifications } from './notifications.ts'
import { performance } from './performance.ts'
import { recommendations } from './recommendations.ts'
import { system } from './system.ts'
import { tokens } from './tokens.ts'
import { udf } from './udf.ts'

/** All that can be asked: server, client and OpenAPI are made from this one value. */
export const endpoints = {
  tokens,
  evidence,
  recommendations,
  performance,
  ledger,
  notifications,
  hooks,
  udf,
  system,
} as const satisfies EndpointTable
export type Endpoints = typeof endpoints
