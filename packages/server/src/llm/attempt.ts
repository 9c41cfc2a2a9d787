import type { Log } from '../platform/log.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import type { Budget, Most, Reservation } from './budget.ts'
import { inputTokensAtMost, tokensAtMost } from './estimate.ts'
import type { Attempt, Journal, Question } from './journal.ts'
import type { ModelCaller, ModelTokens } from './model.ts'
import { costNano, mostNano, type ModelPrice } from './prices.ts'
import type { Letter, Send } from './send.ts'
import { understood, type Said } from './wire.ts'

/** Who pays for which question, and what stands between asking and answering. */
export type Errand = {
  readonly question: Question
  readonly caller: ModelCaller
  readonly price: ModelPrice
  /** By `guard.monotonic()`. */
  readonly deadline: number
}

/** What one call came to. */
export type Done = { readonly said: Said; readonly tokens: ModelTokens | null; readonly nanoUsd: number }

type Needs = {
  send: Send
  budget: Budget
  journal: Journal
  /** What of the installation's money a user may spend in a day. */
  userUsdPerDay: (caller: ModelCaller) => number
  /** Strikes the key out. */
  hide: (text: string) => string
  clock: Clock
  guard: Clock
  ids: Ids
  log: Log
}

/** A process that was killed holds its reservation for so long beyond the question's own time. */
const graceMs = 30_000

const refusedByBudget: Said = {
  ending: 'overspent',
  text: null,
  usage: null,
  vendorNano: null,
  status: null,
  code: null,
  passing: false,
  waitMs: null,
  lacks: null,
}

/** One call: the most it can cost is set aside, it is sent, booked at what it did cost, and leaves its line in the journal. */
export function createAttempt({ send, budget, journal, userUsdPerDay, hide, clock, guard, ids, log }: Needs) {
  /** An answer that is here is not lost because it cannot be written down; what was set aside for it stays so. */
  async function book(reservation: Reservation | null, attempt: Attempt): Promise<void> {
    try {
      if (reservation) await budget.settle(reservation, attempt.nanoUsd)
      await journal.note(attempt)
    } catch (thrown) {
      log.error('a call of the language model could not be booked', {
        error: thrown,
        promptHash: attempt.question.hash,
      })
    }
  }

  return async function attempt(errand: Errand, letter: Letter, part: Attempt['part']): Promise<Done> {
    const { question, caller, price, deadline } = errand
    const startedAt = guard.monotonic()
    const forMs = Math.max(0, deadline - startedAt) + graceMs
    const most = mostOf(letter, price)
    const reservation = await budget.reserve({
      userId: caller.userId,
      most,
      forMs,
      userUsdPerDay: userUsdPerDay(caller),
    })
    const said = reservation ? understood(await send(letter), clock.now()) : refusedByBudget
    const { nanoUsd, estimated } = costOf(said, most, price)
    const tokens = said.usage && {
      input: said.usage.input,
      cachedInput: said.usage.cachedInput,
      output: said.usage.output,
    }
    await book(reservation, {
      id: ids.next(),
      question,
      userId: caller.userId,
      part,
      // A call that ran out of time looks like one whose line was cut.
      ending: isLate(said, errand) ? 'slow' : said.ending,
      status: said.status,
      code: said.code && hide(said.code),
      tokens,
      nanoUsd,
      estimated,
      latencyMs: guard.monotonic() - startedAt,
      at: clock.now(),
      response: said.text && hide(said.text),
    })
    return { said: isLate(said, errand) ? { ...said, ending: 'slow', passing: false } : said, tokens, nanoUsd }
  }

  // Timers may fire a fraction early.
  function isLate({ ending }: Said, { deadline }: Errand): boolean {
    return ending === 'unreachable' && guard.monotonic() >= deadline - 5
  }
}

function mostOf({ instructions, prompt, schema, maxOutputTokens }: Letter, price: ModelPrice): Most {
  const input = inputTokensAtMost(instructions, prompt, JSON.stringify(schema))
  return mostNano({ input, output: maxOutputTokens }, price)
}

/**
 * What a call cost: as the vendor says, else by its counts and our prices. Errors and what never left cost nothing. A reply without
 * counts, or one that was lost on its way, is booked at the most its input can have cost, and its text at the most that can have.
 */
function costOf(said: Said, most: Most, price: ModelPrice): { nanoUsd: number; estimated: boolean } {
  if (said.vendorNano !== null) return { nanoUsd: said.vendorNano, estimated: false }
  if (said.usage) return { nanoUsd: costNano(said.usage, price), estimated: false }
  const isFree = said.ending === 'overspent' || (said.status ?? 0) >= 400 || said.code === 'unsent'
  if (isFree) return { nanoUsd: 0, estimated: false }
  const output = mostNano({ input: 0, output: tokensAtMost(said.text ?? '') }, price).output
  return { nanoUsd: most.input + output, estimated: true }
}
