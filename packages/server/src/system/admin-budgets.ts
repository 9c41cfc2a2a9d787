import { z } from 'zod'
import type { Tier } from '@pumpiq/domain'
import { CursorText, decodeCursor, encodeCursor, type HandlersOf } from '@pumpiq/api'
import type { RunningModel } from '../llm/create-model.ts'
import type { Spending } from '../llm/spending.ts'

const Position = z.strictObject({ nano: z.int().nonnegative(), owner: CursorText })

type Needs = {
  readonly spending: Spending
  /** Who accounts for the money; null where there is no model. */
  readonly model: Pick<RunningModel, 'health' | 'usdPerDayOf'> | null
  /** Of these accounts, those that are there. */
  readonly tiersOf: (userIds: readonly string[]) => Promise<ReadonlyMap<string, Tier>>
  /** Under what the installation's own questions are accounted for. */
  readonly own: { readonly house: string; readonly reader: string }
}

/** What the model has cost, whom, and what each may spend. */
export const createBudgetRoute =
  ({ spending, model, tiersOf, own }: Needs): HandlersOf<'admin'>['budgets'] =>
  async ({ query: { cursor, limit } }) => {
    const after = cursor === undefined ? null : decodeCursor(Position, cursor)
    // It takes back what killed processes had set aside: asked first, what follows is true.
    const health = model && (await model.health())
    const [all, house, reader, days, users] = await Promise.all([
      spending.all(),
      spending.of(own.house),
      spending.of(own.reader),
      spending.days(),
      spending.byOwner({ besides: Object.values(own), after, limit }),
    ])
    const tiers = await tiersOf(users.items.map(({ owner }) => owner))
    const limitOf = (userId: string, tier?: Tier | null) =>
      model === null || tier === null ? null : model.usdPerDayOf({ userId, ...(tier && { tier }) })
    return {
      day: spending.day(),
      model: health && { id: health.model, host: health.host },
      all: { ...all, usdPerDay: health && health.usdPerDay },
      house: { ...house, usdPerDay: limitOf(own.house) },
      reader: { ...reader, usdPerDay: limitOf(own.reader) },
      days,
      items: users.items.map(({ owner, ...spent }) => {
        const tier = tiers.get(owner) ?? null
        return { userId: owner, tier, usdPerDay: limitOf(owner, tier), ...spent }
      }),
      next: users.next && encodeCursor(users.next),
    }
  }
