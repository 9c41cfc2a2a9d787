import { isFailure, seconds, type Profile } from '@pumpiq/domain'
import type { HouseProgress } from '@pumpiq/api'
import type { JobContext } from '../jobs/job.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { Answers } from './answers.ts'
import { houseEveryMs, type Asks } from './asks.ts'
import { houseUser } from './users.ts'

/** Between two tokens of a round: the narrowest budget among the venues is one question a second. */
const paceMs = seconds(1)

/** So long a round waits for one answer before it asks for the next; the question stays. */
const answerWithinMs = seconds(10)

type Needs = {
  /** What every call of the public record is made for. */
  profile: Profile
  tokens: Tokens
  asks: Asks
  answers: Answers
  place(askId: string): Promise<void>
  clock: Clock
  log: Log
  called(): Promise<number>
}
export type House = ReturnType<typeof createHouse>

/** Asks for the calls of the tracked universe, one token after the other: the vendors' budgets are shared with whoever asks. */
export function createHouse({ profile, tokens, asks, answers, place, clock, log, called }: Needs) {
  async function answer(id: string, abort: AbortSignal): Promise<void> {
    try {
      await place(id)
      await answers.of(id, { withinMs: answerWithinMs, abort })
    } catch (thrown) {
      // One that cannot be placed or answered keeps the others from nothing; it waits for whoever sweeps.
      if (abort.aborted) return
      if (isFailure(thrown)) log.warn(`a house call: ${thrown.message}`)
      else log.error('a house call broke', { error: thrown })
    }
  }

  return {
    /** One round, named by an instant: what was asked in it is not asked again, so that it can be gone on with after a crash. */
    async round(slot = clock.now(), { abort, stopping }: Stops = { abort: never, stopping: never }): Promise<void> {
      const over = AbortSignal.any([abort, stopping])
      const universe = await tokens.universe(over)
      const deadlineAt = slot + houseEveryMs
      const questions = []
      for (const { id: token } of universe) {
        const question = { userId: houseUser, house: true, token, profile, slot, deadlineAt }
        questions.push((await asks.put(question)).id)
      }
      for (const id of questions) {
        over.throwIfAborted()
        if ((await asks.byId(id))?.state !== 'waiting') continue
        await answer(id, over)
        await clock.sleep(paceMs, over).catch(() => {})
      }
    },
    progress: async (): Promise<HouseProgress> => ({ ...(await asks.round()), called: await called() }),
  }
}

type Stops = Pick<JobContext, 'abort' | 'stopping'>

const never = new AbortController().signal
