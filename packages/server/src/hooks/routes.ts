import {
  alertHorizonBars,
  alertRecord,
  canonical,
  Failure,
  intervals,
  type AlertResult,
  type Token,
} from '@pumpiq/domain'
import { prefix, type AlertBody, type HandlersOf, type HookRecord } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { sha256Hex } from '../platform/hash.ts'
import type { Hook, HookStore, KeptAlert } from './store.ts'
import { coinOf } from './ticker.ts'

type Needs = {
  readonly store: HookStore
  /** `chain:address` or a ticker. */
  readonly resolve: (text: string, abort?: AbortSignal) => Promise<Token>
  readonly clock: Pick<Clock, 'now'>
}

export function createHookRoutes({ store, resolve, clock }: Needs): HandlersOf<'hooks'> {
  return {
    async list({ caller: { userId } }) {
      const hooks = await store.list(userId)
      const alerts = await Promise.all(hooks.map(({ id }) => store.alertsBy(id)))
      return { items: hooks.map((hook, i) => ({ ...shown(hook), record: recordOf(alerts[i]!) })) }
    },
    async create({ caller: { userId }, body }) {
      const { secret, ...hook } = await store.create(userId, body.name, clock.now())
      return { made: true, document: { ...shown(hook), secret } }
    },
    async remove({ caller: { userId }, params: { id } }) {
      if (!(await store.remove(userId, id))) throw new Failure('notFound', `there is no hook ${id}`)
      return { id }
    },
    async alert({ params: { id }, body, abort }) {
      // One answer for both, so that nobody learns which hooks there are.
      if (!(await store.admits(id, body.secret)))
        throw new Failure('unauthenticated', 'there is no such hook, or that is not its secret')
      const now = clock.now()
      const { id: token } = await resolve(body.token ?? coinOf(body.ticker!), abort)
      const { side, interval, price = null } = body
      const { alert, repeated } = await store.take(id, { key: keyOf(body, now), token, side, interval, price }, now)
      return { ...alert, token, repeated }
    },
  }
}

const shown = (hook: Hook) => ({ ...hook, path: `${prefix}/hooks/tradingview/${hook.id}` })

/** Names an alert by its own id, else by all it says and its time; without either, by the minute in which it was here. */
function keyOf({ secret: _, id, time, ...said }: AlertBody, now: number): string {
  if (id !== undefined) return sha256Hex(canonical({ id }))
  return sha256Hex(canonical({ ...said, time: time ?? Math.floor(now / 60_000) }))
}

function recordOf(alerts: readonly KeptAlert[]): HookRecord {
  const judged = alerts.flatMap(({ token, at, interval, result }) =>
    isDecided(result) ? [{ token, at: Date.parse(at), windowMs: alertHorizonBars * intervals[interval], result }] : [],
  )
  const { interval, ...record } = alertRecord(judged)
  return { alerts: alerts.length, ...record, low: interval?.low ?? null, high: interval?.high ?? null }
}

const isDecided = (result: KeptAlert['result']): result is AlertResult => result !== null && result !== 'unknown'
