import { deadlines } from '../platform/deadlines.ts'
import { silentLog } from '../platform/log.ts'
import type { MountTools } from './bind.ts'
import { identifyLocal } from './policy.ts'

/** What an endpoint is mounted with where nothing is counted, kept or written down. */
export const bareTools: MountTools = {
  identify: identifyLocal(false),
  refuseForged: () => {},
  audit: null,
  log: silentLog,
  deadlines,
  cache: null,
  idempotency: null,
}
