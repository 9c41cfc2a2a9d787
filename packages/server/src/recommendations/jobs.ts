import { z } from 'zod'
import { Failure, isFailure, minutes, seconds } from '@pumpiq/domain'
import type { Job } from '../jobs/job.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Trace } from '../platform/trace.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { Advise } from './advise.ts'
import type { Answers } from './answers.ts'
import { houseEveryMs, type Asks } from './asks.ts'
import type { Batches } from './batch.ts'
import type { House } from './house.ts'

const Placed = z.object({ ask: z.uuid() })

/** A question that was asked so long ago and still waits is placed again: whoever placed it, or the queue, may have died meanwhile. */
const forgottenMs = seconds(5)
/** A round of house calls places its questions in turn. */
const houseForgottenMs = minutes(10)

type Needs = {
  advise: Advise
  asks: Asks
  answers: Answers
  batches: Pick<Batches, 'answered' | 'sweep'>
  house: House
  tokens: Pick<Tokens, 'byId'>
  clock: Clock
  trace: Trace
  log: Log
  place(askId: string): Promise<void>
}

/** Answers questions, asks those of the house, and sees that none is forgotten. */
export function recommendationJobs(needs: Needs): Job[] {
  const { asks, batches, clock, house, log, place } = needs
  return [
    {
      name: 'advise',
      role: 'engine',
      payload: Placed,
      timeoutMs: minutes(1),
      run: ({ ask }: z.output<typeof Placed>, { abort }) => answer(needs, ask, abort),
    },
    {
      name: 'house',
      role: 'orchestrator',
      everyMs: houseEveryMs,
      timeoutMs: houseEveryMs - seconds(10),
      retries: 3,
      // Named by the grid, however late it begins: what this slot asked already is not asked again.
      run: (_, stops) => house.round(Math.floor(clock.now() / houseEveryMs) * houseEveryMs, stops),
    },
    {
      name: 'sweep-asks',
      role: 'orchestrator',
      everyMs: seconds(5),
      timeoutMs: seconds(20),
      async run() {
        const given = await asks.expire()
        if (given > 0) log.warn(`${given} questions were given up: no engine answered in time`)
        const now = clock.now()
        for (const id of await asks.waiting({ before: now - forgottenMs, houseBefore: now - houseForgottenMs }))
          await place(id)
      },
    },
    {
      name: 'sweep-batches',
      role: 'orchestrator',
      everyMs: seconds(5),
      timeoutMs: seconds(30),
      run: () => batches.sweep(),
    },
  ]
}

async function answer(
  { advise, asks, answers, batches, tokens, trace, log }: Needs,
  id: string,
  abort: AbortSignal,
): Promise<void> {
  const ask = await asks.byId(id)
  if (ask?.state !== 'waiting') return
  try {
    const token = await tokens.byId(ask.token)
    if (!token) throw new Failure('notFound', `${ask.token} is not in the catalogue of the largest tokens`)
    const { userId, profile, house, traceparent } = ask
    const facts = { token: token.id, house, mode: profile.mode }
    await trace.continued(traceparent, 'advise', facts, () =>
      advise({ userId, token, profile, house, askId: id }, abort),
    )
  } catch (thrown) {
    // Stopped in the middle of it: whoever runs next answers.
    if (abort.aborted) throw thrown
    const why = isFailure(thrown) ? thrown : new Failure('broken', 'the call broke', { cause: thrown })
    await asks.fail(id, why)
    if (!isFailure(thrown)) throw thrown
    log.warn(`no call for ${ask.token}: ${why.message}`)
  } finally {
    answers.ended(id)
    await batches.answered(id)
  }
}
