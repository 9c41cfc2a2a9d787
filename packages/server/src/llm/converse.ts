import type { ModelEnding } from '@pumpiq/domain'
import type { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'
import { readAnswer } from './answer-text.ts'
import type { createAttempt, Done, Errand } from './attempt.ts'
import type { Parameters } from './families.ts'
import type { Habits } from './habits.ts'
import { mending, spelledOut, type Words } from './letters.ts'
import type { ModelTokens } from './model.ts'
import type { JsonSchema } from './strict-schema.ts'

export type Talk = Errand & {
  readonly words: Words
  readonly schema: z.ZodType
  readonly sentSchema: JsonSchema
  readonly schemaName: string
  readonly maxOutputTokens: number
  readonly parameters: Parameters
  /** Fires at the deadline, and when nobody waits any more. */
  readonly abort: AbortSignal
}

/** How a question ended, all its calls together. `json` is the answer; `waitMs`: how long the vendor wants to be left alone. */
export type Ended = {
  readonly ending: ModelEnding
  readonly json: string | null
  readonly tokens: ModelTokens | null
  readonly nanoUsd: number
  readonly waitMs: number | null
}

type Needs = {
  attempt: ReturnType<typeof createAttempt>
  habits: Habits
  guard: Clock
  random: Random
}

/** An answer takes longer than this: with less time left nothing is asked again. */
const leastMs = 400
const pauseMs = { least: 200, most: 1_000 }

/**
 * One question to its end: a server that lacks something is asked without it; what may pass is tried once more, after the pause it asks
 * for if there is time; an answer that does not fit is mended once. Whatever comes after the first fault, its name is the ending.
 */
export function createConverse({ attempt, habits, guard, random }: Needs) {
  const left = ({ deadline }: Talk) => deadline - guard.monotonic()

  /** One call, again without what the server turns out to lack. */
  async function call(
    talk: Talk,
    words: Words,
    part: 'question' | 'repair',
    count: (done: Done) => void,
  ): Promise<Done> {
    const { model } = talk.question
    for (let habit = habits.of(model); ;) {
      const { sentSchema: schema, schemaName, maxOutputTokens, parameters, abort } = talk
      const form = { schema, schemaName, maxOutputTokens, parameters, abort }
      const done = await attempt(talk, { model, ...spelledOut(words, habit, schema), ...habit, ...form }, part)
      count(done)
      const next = done.said.lacks && habits.learn(model, habit, done.said.lacks)
      if (!next || left(talk) < leastMs) return done
      habit = next
    }
  }

  /** Whether there is time for one more, having waited for it. */
  async function waited(talk: Talk, askedMs: number | null): Promise<boolean> {
    const waitMs = askedMs ?? pauseMs.least + random() * (pauseMs.most - pauseMs.least)
    if (waitMs + leastMs > left(talk)) return false
    await guard.sleep(waitMs, talk.abort).catch(() => {})
    return !talk.abort.aborted
  }

  return async function converse(talk: Talk): Promise<Ended> {
    const sum = { tokens: null as ModelTokens | null, nanoUsd: 0 }
    const count = ({ tokens, nanoUsd }: Done) => {
      sum.tokens = added(sum.tokens, tokens)
      sum.nanoUsd += nanoUsd
    }
    const end = (ending: ModelEnding, { json = null, waitMs = null }: Partial<Ended> = {}): Ended => ({
      ...sum,
      ending,
      json,
      waitMs,
    })
    let { said } = await call(talk, talk.words, 'question', count)
    if (said.passing && (await waited(talk, said.waitMs))) ({ said } = await call(talk, talk.words, 'question', count))
    if (said.ending !== 'answered') return end(said.ending, { waitMs: said.waitMs })
    const read = readAnswer(said.text ?? '', talk.schema)
    if (read.ok) return end('answered', { json: read.json })
    if (left(talk) < leastMs) return end(read.ending)
    const mended = await call(talk, mending(said.text ?? '', read.fault), 'repair', count)
    if (mended.said.ending !== 'answered') return end(read.ending)
    const second = readAnswer(mended.said.text ?? '', talk.schema)
    return second.ok ? end('answered', { json: second.json }) : end(second.ending)
  }
}

function added(a: ModelTokens | null, b: ModelTokens | null): ModelTokens | null {
  if (a === null || b === null) return a ?? b
  return { input: a.input + b.input, cachedInput: a.cachedInput + b.cachedInput, output: a.output + b.output }
}
