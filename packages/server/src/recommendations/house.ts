import { houseProfile, isFailure, minutes, type Profile, type Recommendation, seconds, weightsOf } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { Advise } from './advise.ts'
import { houseUser } from './users.ts'

/** Between two tokens of a round: the narrowest budget among the venues is one question a second. */
const paceMs = seconds(1)

const everyMs = minutes(15)

/**
 * The default profile of the public record. Until the other kinds of evidence are there it asks for what there is: a hybrid of one kind
 * would be a technical call that whispers.
 */
export const currentHouseProfile: Profile = {
  ...houseProfile,
  mode: 'technical-only',
  weights: weightsOf('technical-only'),
}

type Needs = { tokens: Tokens; advise: Advise; clock: Clock; log: Log; called(): Promise<number> }
export type House = ReturnType<typeof createHouse>

/** Calls for the tracked universe on a timer, one token after the other: the vendors' budgets are shared with whoever asks. */
export function createHouse({ tokens, advise, clock, log, called }: Needs) {
  const state = { running: false, tracked: 0, lastRunAt: null as number | null, nextRunAt: null as number | null }
  let timer: { stop(): void } | null = null
  let current: Promise<void> | null = null
  const ending = new AbortController()

  async function call(token: Awaited<ReturnType<Tokens['universe']>>[number]): Promise<Recommendation | null> {
    try {
      return await advise({ userId: houseUser, token, profile: currentHouseProfile, house: true }, ending.signal)
    } catch (thrown) {
      if (ending.signal.aborted) return null
      if (!isFailure(thrown)) log.error('a house call broke', { token: token.id, error: thrown })
      else log.warn(`no house call for ${token.id}: ${thrown.message}`)
      return null
    }
  }

  async function round(): Promise<void> {
    if (ending.signal.aborted) return
    state.running = true
    try {
      const universe = await tokens.universe(ending.signal)
      state.tracked = universe.length
      for (const token of universe) {
        if (ending.signal.aborted) return
        await call(token)
        await clock.sleep(paceMs, ending.signal)
      }
      state.lastRunAt = clock.now()
    } catch (thrown) {
      if (!ending.signal.aborted) log.error('a round of house calls broke', { error: thrown })
    } finally {
      state.running = false
      state.nextRunAt = clock.now() + everyMs
    }
  }

  /** Who asks while a round runs gets that one. */
  const go = (): Promise<void> => (current ??= round().finally(() => (current = null)))

  return {
    /** One round now; resolves when it is over. */
    round: go,
    start(): void {
      void go()
      timer = clock.every(everyMs, go)
    },
    /** Ends the timer and waits for the call under way: nothing half-done stays. */
    async stop(): Promise<void> {
      timer?.stop()
      ending.abort(new Error('the server is closing'))
      await current
    },
    progress: async () => ({ ...state, called: await called() }),
  }
}
