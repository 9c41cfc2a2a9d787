import { type ModelEnding, seconds } from '@pumpiq/domain'
import type { z } from 'zod'
import { isAway } from '../db/away.ts'
import type { Db } from '../db/db.ts'
import type { Fetch } from '../network/fetch.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import { strikeOut } from '../platform/secret.ts'
import { createAttempt } from './attempt.ts'
import { createBudget } from './budget.ts'
import { createConverse, type Ended, type Talk } from './converse.ts'
import { parametersOf, withSampling } from './families.ts'
import { questionHash } from './question-hash.ts'
import { createFlights } from './flights.ts'
import { createHabits } from './habits.ts'
import { createHolds } from './holds.ts'
import { hostOf } from './hosts.ts'
import { createJournal } from './journal.ts'
import { createLives } from './lives.ts'
import type { Model, ModelCaller, ModelHealth, ModelQuestion, ModelReply } from './model.ts'
import { toUsd } from './prices.ts'
import { probeModel } from './probe.ts'
import { createSend } from './send.ts'
import { priceAt, type ModelSettings } from './settings.ts'
import { strictSchema } from './strict-schema.ts'

type Needs = {
  db: Db
  fetch: Fetch
  clock: Clock
  /** Real time, also where `clock` is moved by hand. */
  guard: Clock
  random: Random
  ids: Ids
  log: Log
  settings: ModelSettings
  /** What of the installation's money a user may spend in a UTC day; all of it unless given. */
  userUsdPerDay?: (caller: ModelCaller) => number
}

/** What there is besides asking: for whoever starts, shows and ends the process. */
export type RunningModel = Model & {
  /** Warns of what is switched off soon, and asks the vendor when that is. Never rejects; nobody need wait for it. */
  start(): Promise<void>
  health(): Promise<ModelHealth>
  /** What somebody may spend in a UTC day. */
  usdPerDayOf(caller: ModelCaller): number
  /** Stops what is being asked and waits until it is booked. */
  close(): Promise<void>
}

/** Nobody waits longer than this, whatever he says: a recommendation is not held up by a model. */
const longestMs = { analyst: seconds(10), reader: seconds(60) } as const
const lookMs = { first: 25, most: 250 }
const probeMs = seconds(5)
/** So long before the end of a question's time its calls are ended, so that they are booked within it. */
const closingMs = 100

/** A flight's end, and whether it was in the journal. */
type Flown = Ended & { readonly fromJournal: boolean }
type Prepared = { readonly model: string; readonly hash: string; talk(deadline: number, abort: AbortSignal): Talk }

const ended = (ending: ModelEnding): Flown => ({
  ending,
  json: null,
  tokens: null,
  nanoUsd: 0,
  waitMs: null,
  fromJournal: false,
})

/** A language model at an endpoint of OpenAI's kind. Throws (invalid) when its spending could not be bounded. */
export function createModel({
  db,
  fetch,
  clock,
  guard,
  random,
  ids,
  log,
  settings,
  userUsdPerDay,
}: Needs): RunningModel {
  const host = hostOf(settings.baseUrl)
  const prices = new Map(
    [settings.model, settings.successor].flatMap((id) => (id === null ? [] : [[id, priceAt(settings, id)] as const])),
  )
  const journal = createJournal({ db })
  const budget = createBudget({ db, clock, ids, usdPerDay: settings.usdPerDay })
  const lives = createLives({ settings, host, clock, log })
  const holds = createHolds({ clock, guard, log, host: host.name })
  const flights = createFlights<Flown>({ guard })
  const hide = hiding(settings)
  const send = createSend({ baseUrl: settings.baseUrl, host, key: settings.key, fetch })
  const limitOf = userUsdPerDay ?? (() => settings.usdPerDay)
  const attempt = createAttempt({ send, budget, journal, userUsdPerDay: limitOf, hide, clock, guard, ids, log })
  const converse = createConverse({ attempt, habits: createHabits(host), guard, random })
  const endings = new Map<ModelEnding, number>()
  let fromJournal = 0

  function prepared<T>(question: ModelQuestion<T>, model: string): Prepared {
    const { purpose, schema, schemaName, maxOutputTokens, caller } = question
    // Texts of others may hold halves of pairs, which have no bytes.
    const words = { instructions: question.instructions.toWellFormed(), prompt: question.prompt.toWellFormed() }
    const sentSchema = strictSchema(schema, schemaName)
    const parameters = withSampling(parametersOf(model), question.sampling)
    const hash = questionHash({ model, ...words, schemaName, schema: sentSchema, parameters })
    const asked = { question: { hash, purpose, model }, caller, price: prices.get(model)! }
    const form = { schema: schema as z.ZodType, sentSchema, schemaName, maxOutputTokens, parameters }
    return { model, hash, talk: (deadline, abort) => ({ ...asked, ...form, words, deadline, abort }) }
  }

  /** From the journal, now or once another process that is asking has its answer; else the question is ours. */
  async function keptOrOurs({ hash, question, deadline, abort }: Asking, holder: string): Promise<Flown | null> {
    const forMs = Math.max(0, deadline - guard.monotonic()) + seconds(5)
    for (let pauseMs = lookMs.first; ; pauseMs = Math.min(lookMs.most, pauseMs * 2)) {
      const found = await journal.answerOrClaim(question, holder, forMs)
      if (typeof found === 'object') return { ...found, ending: 'answered', waitMs: null, fromJournal: true }
      const held = holds.current(question.model)
      if (held && found === 'ours') await journal.release(hash, holder)
      if (held) return ended(held.ending)
      if (found === 'ours') return null
      if (guard.monotonic() + pauseMs >= deadline) return ended('slow')
      await guard.sleep(pauseMs, abort)
    }
  }

  async function flown(asking: Asking): Promise<Flown> {
    const holder = ids.next()
    const { hash, question } = asking
    const kept = await keptOrOurs(asking, holder)
    if (kept) return kept
    let end: Ended | null = null
    try {
      end = await converse(asking.talk)
      holds.after(question.model, end)
    } finally {
      await conclude(hash, holder, question, end)
    }
    return { ...end, fromJournal: false }
  }

  async function conclude(hash: string, holder: string, question: Talk['question'], end: Ended | null): Promise<void> {
    try {
      if (end?.json != null) await journal.keep(question, { ...end, json: hide(end.json) }, clock.now())
      else await journal.release(hash, holder)
    } catch (thrown) {
      log.error('an answer of the language model could not be kept', { error: thrown, promptHash: hash })
    }
  }

  /** The work of one flight, with the time that its first asker has. Without the database nothing is asked: nobody would count. */
  async function fly({ hash, talk }: Prepared, deadline: number, stop: AbortSignal): Promise<Flown> {
    const over = new AbortController()
    const done = new AbortController()
    guard.sleep(Math.max(0, deadline - guard.monotonic()), done.signal).then(
      () => over.abort(new DOMException('the time is up', 'TimeoutError')),
      () => {},
    )
    const abort = AbortSignal.any([stop, over.signal])
    try {
      const own = talk(deadline, abort)
      return await flown({ hash, question: own.question, deadline, abort, talk: own })
    } catch (thrown) {
      if (over.signal.aborted && !stop.aborted) return ended('slow')
      if (!isAway(thrown)) throw thrown
      log.warn('the language model is not asked: the database does not answer', { error: thrown })
      return ended('unreachable')
    } finally {
      done.abort()
    }
  }

  async function ask<T>(question: ModelQuestion<T>): Promise<ModelReply<T>> {
    const { abort, purpose, timeoutMs, schema } = question
    abort?.throwIfAborted()
    const startedAt = guard.monotonic()
    const deadline = startedAt + Math.min(timeoutMs, longestMs[purpose])
    for (;;) {
      const own = prepared(question, lives.current())
      const wait = { deadline, late: ended('slow'), abort }
      const { result, joined } = await flights.join(own.hash, (stop) => fly(own, deadline - closingMs, stop), wait)
      if (result.ending === 'gone' && lives.bury(own.model)) continue
      const isOld = joined || result.fromJournal
      const reply = {
        model: own.model,
        promptHash: own.hash,
        fromJournal: isOld,
        latencyMs: guard.monotonic() - startedAt,
      }
      return counted({ ...reply, tokens: result.tokens, costUsd: toUsd(result.nanoUsd), ...answerOf(result, schema) })
    }
  }

  function counted<T>(reply: ModelReply<T>): ModelReply<T> {
    endings.set(reply.ending, (endings.get(reply.ending) ?? 0) + 1)
    if (reply.fromJournal) fromJournal += 1
    return reply
  }

  async function start(): Promise<void> {
    lives.warn()
    await send.load()
    const model = lives.current()
    const price = prices.get(model)!
    if (!host.isLocal && settings.price === null && price.output === 0)
      log.warn(`what ${model} costs at ${host.name} is not known and counts as nothing: PUMPIQ_MODEL_PRICE says it`)
    const abort = new AbortController()
    guard.sleep(probeMs, abort.signal).then(
      () => abort.abort(),
      () => {},
    )
    const found = await probeModel({ fetch, settings }, model, abort.signal)
    abort.abort()
    if (!found.ok) return log.info(`${host.name} says nothing of ${model} at start`, { ending: found.ending })
    lives.learn(model, found.shutdown)
    lives.warn()
  }

  async function health(): Promise<ModelHealth> {
    const model = lives.current()
    const held = holds.current(model)
    return {
      model,
      host: host.name,
      successor: settings.successor,
      shutdownDate: lives.shutdownOf(model),
      asked: [...endings.values()].reduce((sum, count) => sum + count, 0),
      endings: Object.fromEntries(endings),
      fromJournal,
      usdToday: await budget.spentUsd(),
      usdPerDay: budget.usdPerDay,
      leftAlone: held && { why: held.why, until: new Date(held.untilAt).toISOString() },
    }
  }

  return { id: lives.current, ask, start, health, usdPerDayOf: limitOf, close: flights.close }
}

type Asking = { hash: string; question: Talk['question']; deadline: number; abort: AbortSignal; talk: Talk }

/** Whoever asks checks the answer with a schema of his own: equal ones may refine differently. */
function answerOf<T>({ ending, json }: Flown, schema: z.ZodType<T>) {
  if (ending !== 'answered') return { ending }
  const read = schema.safeParse(JSON.parse(json!))
  return read.success ? { ending, answer: read.data } : { ending: 'invalid' as const }
}

/** Vendors repeat keys in what they say of them, and a model may be made to. */
function hiding({ key }: ModelSettings): (text: string) => string {
  const own = key?.reveal()
  return own === undefined ? (text) => text : (text) => strikeOut(text, [own])
}
