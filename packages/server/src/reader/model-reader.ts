import {
  mayBeShown,
  type ModelEnding,
  modelClaims,
  ModelReading,
  readingPrompt,
  seconds,
  type Claim,
  type LexiconRead,
} from '@pumpiq/domain'
import type { Model } from '../llm/model.ts'
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'

/** A document that the lexicon has read, and whose word it is. */
export type ToRead = LexiconRead & { readonly voice: string }

type Needs = { readonly model: Model; readonly random: Random; readonly clock: Pick<Clock, 'monotonic'> }
/** Takes claims as they are made, some at a time: they stand, whatever becomes of the rest. */
export type KeepClaims = (claims: readonly Claim[]) => Promise<void>
export type ModelReader = ReturnType<typeof createModelReader>

/** Documents of one voice are read together, since one of them may bend what is made of the others: it can bend its own only. */
const together = 8
const outputTokensEach = 160
const patienceMs = seconds(30)
/** Then no further question begins: one that is cut off in the middle costs and tells nothing. With its patience it ends within a job's minute. */
const roundMs = seconds(20)
/** Whose budget reading is paid from: what is read is read for all. */
export const readerUser = 'reader'

/**
 * Has a language model read what the lexicon has read, each document once for ever. Its question has no authority: an answer becomes a
 * claim of fixed form or nothing; a document it does not answer for keeps the lexicon's claim.
 */
export function createModelReader({ model, random, clock }: Needs) {
  async function readTogether(reads: readonly ToRead[], abort: AbortSignal): Promise<Claim[] | null> {
    const reply = await model.ask({
      purpose: 'reader',
      ...readingPrompt(reads, markOf(random)),
      schema: ModelReading,
      schemaName: 'reading',
      maxOutputTokens: outputTokensEach * reads.length,
      timeoutMs: patienceMs,
      caller: { userId: readerUser },
      abort,
    })
    if (reply.ending === 'answered') return modelClaims(reply.answer, reads, reply.model)
    return bySilence.has(reply.ending) ? modelClaims({ documents: [] }, reads, reply.model) : null
  }

  /** How many claims were made; it ends early when the model has nothing more to say for now, or its time is over. */
  return async function read(documents: readonly ToRead[], keep: KeepClaims, abort: AbortSignal): Promise<number> {
    let made = 0
    const startedAt = clock.monotonic()
    for (const reads of byVoice(documents.filter(mayBeShown))) {
      const isOver = abort.aborted || clock.monotonic() - startedAt >= roundMs
      const claims = isOver ? null : await readTogether(reads, abort)
      if (!claims) break
      await keep(claims)
      made += claims.length
    }
    return made
  }
}

/** Endings that lie in the documents: they would end so again, and the lexicon's claims stand for good. */
const bySilence = new Set<ModelEnding>(['refused', 'filtered', 'length', 'empty', 'broken', 'invalid'])

function byVoice(documents: readonly ToRead[]): ToRead[][] {
  const voices = Map.groupBy(documents, ({ voice }) => voice)
  return [...voices.values()].flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / together) }, (_, i) => own.slice(i * together, (i + 1) * together)),
  )
}

/** 80 bits that no document can know. */
const markOf = (random: Random): string =>
  Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 20)
      .toString(32)
      .padStart(4, '0'),
  ).join('')
