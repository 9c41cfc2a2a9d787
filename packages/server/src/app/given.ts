import type { Profile } from '@pumpiq/domain'
import type { Redis } from 'ioredis'
import type { AccountSetting } from '../accounts/accounts.ts'
import type { Db } from '../db/db.ts'
import type { Reads } from '../db/replica.ts'
import type { Csrf } from '../http/csrf.ts'
import type { Pressure } from '../http/pressure.ts'
import type { Backend } from '../jobs/backend.ts'
import type { RunningModel } from '../llm/create-model.ts'
import type { Fetch } from '../network/fetch.ts'
import type { Socket } from '../network/socket.ts'
import type { Reach } from '../notifications/reach.ts'
import type { Clock } from '../platform/clock.ts'
import type { HomeLabel } from '../platform/home.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Random } from '../platform/random.ts'
import type { Role } from '../platform/roles.ts'
import type { Secret } from '../platform/secret.ts'
import type { Trace } from '../platform/trace.ts'
import type { Choice } from '../sources/switched.ts'
import type { Source } from '../sources/source.ts'
import type { StreamLimits } from '../stream/stream.ts'

/** Everything that is not ours to compute: time, chance, network, disk. The real ones come from `outside.ts`, others from tests. */
export type Outside = {
  readonly clock: Clock
  /** Real time, also where `clock` is moved by hand: it guards against work that hangs. */
  readonly guard: Clock
  readonly ids: Ids
  readonly random: Random
  readonly log: Log
  readonly metrics: Metrics
  readonly trace: Trace
  /** Lets who bears it read the figures from elsewhere than this machine. */
  readonly metricsToken: Secret | null
  readonly fetch: Fetch
  /** Null: no vendor is listened to, all are asked. */
  readonly socket: Socket | null
  readonly db: Db
  /** Where what may lag a moment behind is read: a replica, or the same database. */
  readonly reads: Reads
  /** The data folder of an embedded installation, with its fsynced ledger; null where the database itself is durable. */
  readonly homeDir: string | null
  readonly label: HomeLabel
  readonly sources: readonly Source[]
  /** Null where there is none: the rules write the reasons, the lexicon reads. */
  readonly models: Models | null
  readonly sourceKeys: Readonly<Record<string, Secret>>
  /** Which sources the operator switched on or off by name. */
  readonly sourceChoice: Choice
  /** What every call of the public record is made for. */
  readonly houseProfile: Profile
  readonly version: string
  readonly webRoot: string
  readonly trustProxy: false | number | readonly string[]
  /** Origins whose pages may ask with keys and tokens; none unless said. */
  readonly corsOrigins?: readonly string[]
  /** How users are known. */
  readonly accounts: AccountSetting
  /** By which changes in a session are known to come from pages of ours; null where no secret is shared. */
  readonly csrf?: Csrf | null
  /** From where on nobody new is served; never unless said. */
  readonly pressure?: Pressure | null
  /** What this process works at. */
  readonly roles: readonly Role[]
  readonly queue: Backend
  /** Where the processes of a cluster share the vendors' budgets; null where there is one process. */
  readonly sharedBudgets: Redis | null
  /** How users are told of what happens. */
  readonly reach: Reach
  /** How many may listen to the stream and how slowly they may read, where it is not as usual. */
  readonly streaming?: StreamLimits
  /** Nobody is counted: for whoever tries all that can be asked. */
  readonly unlimited?: true
}

/** They may be one: weighing is worth more than reading. */
export type Models = { readonly analyst: RunningModel; readonly reader: RunningModel }
