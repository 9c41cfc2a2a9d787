import { sql, type Selectable } from 'kysely'
import {
  divide,
  Failure,
  fromIso,
  minutes,
  multiply,
  price,
  Recommendation,
  subtract,
  toIso,
  type CallType,
  type Price,
} from '@pumpiq/domain'
import type { Asked, endpoints, Follow, FollowState } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { FollowStateTable } from '../db/schema.ts'
import { wanted, type RecommendationFilter } from './wanted.ts'

type Dealt = { readonly price: Price; readonly at: number }
export type OwnFollow = {
  readonly state: FollowState
  readonly note: string | null
  readonly entered: Dealt | null
  readonly exited: Dealt | null
}

export type FollowStates = ReturnType<typeof createFollowStates>

/** What users make of recommendations. Nothing that is decided, recorded or counted reads it. */
export function createFollowStates({ db }: { db: Db }) {
  return {
    async of(userId: string, id: string): Promise<(OwnFollow & { updatedAt: number }) | null> {
      const row = await db
        .selectFrom('followState')
        .selectAll()
        .where('userId', '=', userId)
        .where('recommendationId', '=', id)
        .executeTakeFirst()
      return row ? follow(row) : null
    },

    async put(userId: string, id: string, { state, note, entered, exited }: OwnFollow, now: number): Promise<void> {
      const told = {
        state,
        note,
        enteredPrice: entered?.price ?? null,
        enteredAt: entered && toIso(entered.at),
        exitedPrice: exited?.price ?? null,
        exitedAt: exited && toIso(exited.at),
        updatedAt: toIso(now),
      }
      await db
        .insertInto('followState')
        .values({ userId, recommendationId: id, ...told })
        .onConflict((on) => on.columns(['userId', 'recommendationId']).doUpdateSet(told))
        .execute()
    },

    /** What a user follows, newest first. */
    async following(userId: string, filter: RecommendationFilter): Promise<Recommendation[]> {
      const { whose, limit } = filter
      const { rows } = await sql<{ document: object }>`select document from recommendations
        where id in (select recommendation_id from follow_state where user_id = ${userId} and state = 'following')
          and (user_id = ${userId} or house) and ${wanted(filter)}
          ${whose === undefined ? sql`` : whose === 'house' ? sql`and house` : sql`and not house`}
        order by issued_at desc, id desc limit ${limit}`.execute(db)
      return rows.map(({ document }) => Recommendation.parse(document))
    },
  }
}

type Said = Asked<(typeof endpoints)['recommendations']['follow']>['body']

/** Clocks differ by so much. */
const aheadMs = minutes(5)

/** What is made of a recommendation once this has been said of it, at `now`. */
export function saying(old: OwnFollow | null, said: Said, now: number): OwnFollow {
  const before = old ?? { state: 'following' as const, note: null, entered: null, exited: null }
  if ('status' in said) {
    const exited = said.currentPrice === undefined ? before.exited : { price: said.currentPrice, at: now }
    return { ...before, state: 'done', exited }
  }
  const entered = said.entered === undefined ? before.entered : dealtAt('entered', said.entered, now)
  const exited = said.exited === undefined ? before.exited : dealtAt('exited', said.exited, now)
  if (entered && exited && exited.at < entered.at)
    throw new Failure('invalid', `exited.at ${toIso(exited.at)} lies before entered.at ${toIso(entered.at)}`)
  return { state: said.state ?? before.state, note: said.note === undefined ? before.note : said.note, entered, exited }
}

function dealtAt(name: string, given: { price: Price; at?: string | undefined } | null, now: number): Dealt | null {
  if (given === null) return null
  const at = given.at === undefined ? now : fromIso(given.at, `${name}.at`)
  if (at > now + aheadMs) throw new Failure('invalid', `${name}.at lies ahead: say what has happened`)
  return { price: given.price, at }
}

/** As it is shown; a SELL gains where the price falls. */
export function shownFollow(own: OwnFollow & { updatedAt: number }, type: CallType): Follow {
  const { state, note, entered, exited, updatedAt } = own
  const shown = (dealt: Dealt | null) => dealt && { price: dealt.price, at: toIso(dealt.at) }
  const returnPct = entered && exited ? percentBetween(entered.price, exited.price) * (type === 'SELL' ? -1 : 1) : null
  return { state, note, entered: shown(entered), exited: shown(exited), returnPct, updatedAt: toIso(updatedAt) }
}

const percentBetween = (from: Price, to: Price): number =>
  Number(divide(multiply(subtract(to, from), '100' as Price), from, 4))

function follow(row: Selectable<FollowStateTable>): OwnFollow & { updatedAt: number } {
  const dealt = (paid: string | null, at: Date | null): Dealt | null =>
    paid === null || at === null ? null : { price: price(paid), at: at.getTime() }
  return {
    state: row.state,
    note: row.note,
    entered: dealt(row.enteredPrice, row.enteredAt),
    exited: dealt(row.exitedPrice, row.exitedAt),
    updatedAt: row.updatedAt.getTime(),
  }
}
