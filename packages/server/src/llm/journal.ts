import { days } from '@pumpiq/domain'
import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import type { ModelTokens } from './model.ts'

/** An answer as it was kept: JSON, and what it cost to get. */
export type Kept = { readonly json: string; readonly tokens: ModelTokens | null; readonly nanoUsd: number }

export type Question = { readonly hash: string; readonly purpose: string; readonly model: string }

/** A call as it went; `response` is the model's own text. */
export type Attempt = {
  readonly id: string
  readonly question: Question
  readonly userId: string
  readonly part: 'question' | 'repair'
  readonly ending: string
  readonly status: number | null
  readonly code: string | null
  readonly tokens: ModelTokens | null
  readonly nanoUsd: number
  readonly estimated: boolean
  readonly latencyMs: number
  readonly at: number
  readonly response: string | null
}

type Row = { ours: boolean; answer: string | null; tokens: ModelTokens | null; nanoUsd: number | null }

const longestResponse = 32_768
export type Journal = ReturnType<typeof createJournal>

/**
 * What was asked of a model, by the hash of the question: answers are kept and given again; a question that is being asked is claimed by
 * who asks it, for so long at most by the clock of the database, so that others wait for its answer; each call leaves a line.
 */
export function createJournal({ db }: { db: Db }) {
  return {
    /**
     * The kept answer; else whether the question is now ours to ask: nobody has answered it, and nobody else is about to. One statement,
     * which sees the row as it was before.
     */
    async answerOrClaim(
      { hash, purpose, model }: Question,
      holder: string,
      forMs: number,
    ): Promise<Kept | 'ours' | 'others'> {
      const { rows } = await sql<Row>`
        with claimed as (
          insert into model_journal as kept (prompt_hash, purpose, model, claim_holder, claim_until)
          values (${hash}, ${purpose}, ${model}, ${holder}, clock_timestamp() + ${forMs}::float8 * interval '1 millisecond')
          on conflict (prompt_hash) do update set claim_holder = excluded.claim_holder, claim_until = excluded.claim_until
          where kept.answered_at is null and kept.claim_until < clock_timestamp()
          returning prompt_hash
        )
        select found.answer, found.tokens, found.nano_usd, exists (select 1 from claimed) as ours
        from (select 1) as one left join model_journal as found on found.prompt_hash = ${hash}`.execute(db)
      const { ours, answer, tokens, nanoUsd } = rows[0]!
      if (ours) return 'ours'
      return answer === null ? 'others' : { json: answer, tokens, nanoUsd: nanoUsd ?? 0 }
    },

    /** Leaves a question that was not answered to whoever asks next. */
    async release(hash: string, holder: string): Promise<void> {
      await db
        .deleteFrom('modelJournal')
        .where('promptHash', '=', hash)
        .where('claimHolder', '=', holder)
        .where('answeredAt', 'is', null)
        .execute()
    },

    /** The first answer stands. */
    async keep({ hash, purpose, model }: Question, { json, tokens, nanoUsd }: Kept, at: number): Promise<void> {
      const answered = {
        answer: json,
        tokens: tokens && JSON.stringify(tokens),
        nanoUsd,
        answeredAt: new Date(at).toISOString(),
        claimHolder: null,
        claimUntil: null,
      }
      await db
        .insertInto('modelJournal')
        .values({ promptHash: hash, purpose, model, ...answered })
        .onConflict((on) => on.column('promptHash').doUpdateSet(answered).where('modelJournal.answeredAt', 'is', null))
        .execute()
    },

    async note({ question, tokens, at, response, ...attempt }: Attempt): Promise<void> {
      await db
        .insertInto('modelAttempt')
        .values({
          ...attempt,
          promptHash: question.hash,
          purpose: question.purpose,
          model: question.model,
          tokens: tokens && JSON.stringify(tokens),
          at: new Date(at).toISOString(),
          // PostgreSQL keeps neither zero bytes nor halves of pairs.
          response: response?.replaceAll('\0', '').slice(0, longestResponse).toWellFormed() ?? null,
        })
        .execute()
    },
  }
}

/** So long calls leave their line, and an analyst's answer can be had again. */
const keptMs = days(90)

/**
 * Forgets calls and answers that are older than ninety days: what a recommendation was made from is kept with it, what the reader made of a
 * document with the document.
 */
export async function forgetModelJournal(db: Db, now: number): Promise<void> {
  const before = new Date(now - keptMs)
  await db.deleteFrom('modelAttempt').where('at', '<', before).execute()
  // What a process was killed over is claimed for ever, by nobody.
  await db
    .deleteFrom('modelJournal')
    .where((row) => row.or([row('answeredAt', '<', before), row('claimUntil', '<', before)]))
    .execute()
}
