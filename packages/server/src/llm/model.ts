import type { ModelEnding, Tier } from '@pumpiq/domain'
import type { z } from 'zod'
import type { Sampling } from './families.ts'

/** Who asks, for the books: a user's id with the tier of his account, or the house's. */
export type ModelCaller = { readonly userId: string; readonly tier?: Tier }

export type ModelQuestion<T> = {
  /** What it is asked for; the journal and the budget tell them apart. */
  readonly purpose: 'analyst' | 'reader'
  /** The fixed part: first in the prompt, so that vendors can cache it. */
  readonly instructions: string
  /** What changes. */
  readonly prompt: string
  /** In the subset of strict structured outputs; what comes back is checked with it again. */
  readonly schema: z.ZodType<T>
  readonly schemaName: string
  readonly maxOutputTokens: number
  /** Where it is to be other than usual. */
  readonly sampling?: Sampling
  /** In all, pauses and the one repair included. */
  readonly timeoutMs: number
  readonly caller: ModelCaller
  readonly abort?: AbortSignal
}

export type ModelTokens = { readonly input: number; readonly cachedInput: number; readonly output: number }

/**
 * How a question ended, never thrown: every ending has a name, and what it cost is booked whether it was answered or not. `promptHash`
 * names the question in the journal (model, instructions, prompt, schema); an equal question is answered from there, with what it cost then.
 */
export type ModelReply<T> = {
  readonly model: string
  readonly promptHash: string
  readonly tokens: ModelTokens | null
  readonly costUsd: number | null
  /** From the question to the answer, ms. */
  readonly latencyMs: number
  /** It was answered before; nothing was spent now. */
  readonly fromJournal: boolean
} & ({ readonly ending: 'answered'; readonly answer: T } | { readonly ending: Exclude<ModelEnding, 'answered'> })

export type Model = {
  /** As it is asked for now: the successor's, once the first one's vendor has switched it off. */
  readonly id: () => string
  ask<T>(question: ModelQuestion<T>): Promise<ModelReply<T>>
}

/** How the model is used and what it has cost; counts are of this process, money of all. */
export type ModelHealth = {
  readonly model: string
  readonly host: string
  readonly successor: string | null
  /** The UTC day on which its vendor switches it off; null: none is known. */
  readonly shutdownDate: string | null
  readonly asked: number
  readonly endings: Readonly<Partial<Record<ModelEnding, number>>>
  readonly fromJournal: number
  readonly usdToday: number
  readonly usdPerDay: number
  readonly leftAlone: { readonly why: string; readonly until: string } | null
}
