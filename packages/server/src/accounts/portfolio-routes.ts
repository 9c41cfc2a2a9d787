import { z } from 'zod'
import { Failure, fromIso, toIso, type Profile, type TokenId } from '@pumpiq/domain'
import {
  CursorInstant,
  decodeCursor,
  encodeCursor,
  transactionsAtMost,
  type Caller,
  type HandlersOf,
  type Transaction,
} from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { checked, fitting } from './portfolio-checked.ts'
import { headerLine, writeLine } from './portfolio-csv.ts'
import { createImport } from './portfolio-import.ts'
import { portfolioOf, positionsOf } from './portfolio-value.ts'
import type { OwnTransaction, PortfolioStore } from './portfolio.ts'
import type { ToldTokens } from './told-tokens.ts'
import type { HouseCalls, Resolve } from './watchlist-routes.ts'

type Needs = {
  store: PortfolioStore
  toldTokens: ToldTokens
  houseCalls: HouseCalls
  resolve: Resolve
  profileOf(caller: Caller): Promise<Profile>
  clock: Pick<Clock, 'now'>
  /** Lets others go before long work goes on. */
  pause(): Promise<void>
}

const Position = z.object({ at: CursorInstant, id: z.uuid() })

export function createPortfolioRoutes(needs: Needs): HandlersOf<'portfolio'> {
  const { store, toldTokens, houseCalls, resolve, profileOf, clock, pause } = needs
  const importCsv = createImport({ store, resolve, clock })
  const none = (id: string) => new Failure('notFound', `you have no transaction ${id}`)

  return {
    async value({ caller }) {
      const positions = await positionsOf(await store.all(caller.userId), pause)
      const tokens: TokenId[] = [...positions.keys()]
      const told = await toldTokens(tokens)
      const calls = await houseCalls(tokens)
      return portfolioOf(positions, { told, calls, profile: await profileOf(caller), now: clock.now() })
    },
    async transactions({ caller: { userId }, query: { token, cursor, limit } }) {
      const before = cursor === undefined ? null : decodeCursor(Position, cursor)
      const all = await store.page(userId, { token: token ?? null, before, limit: limit + 1 })
      const items = all.slice(0, limit)
      const last = all.length > limit ? items.at(-1) : undefined
      return { items: items.map(shown), next: last ? encodeCursor({ at: last.at, id: last.id }) : null }
    },
    async one({ caller: { userId }, params: { id } }) {
      const one = await store.one(userId, id)
      if (!one) throw none(id)
      return shown(one)
    },
    async add({ caller: { userId, tier }, body: { token, ...said }, abort }) {
      const now = clock.now()
      const wanted = checked(said, await resolve(token, abort), now)
      const { ids, known, unfit } = await store.add(userId, [wanted], { now, most: transactionsAtMost[tier] })
      if (unfit[0]) throw new Failure('conflict', unfit[0].why)
      if (known > 0) throw new Failure('conflict', `you have a transaction with the ref ${wanted.ref} already`)
      return { made: true, document: shown((await store.one(userId, ids[0]!))!) }
    },
    async change({ caller: { userId }, params: { id }, body: { at, ...body } }) {
      const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
      const now = clock.now()
      const correct = (old: OwnTransaction): OwnTransaction =>
        fitting({ ...old, ...said, ...(at !== undefined && { at: fromIso(at, 'at') }) }, now)
      const changed = await store.change(userId, id, correct)
      if (!changed) throw none(id)
      return shown(changed)
    },
    async remove({ caller: { userId }, params: { id } }) {
      if (!(await store.remove(userId, id))) throw none(id)
      return { id }
    },
    import: ({ caller, query: { dryRun = false }, body, abort }) =>
      importCsv(caller, { text: typeof body === 'string' ? body : body.csv, dryRun, abort }),
    async *export({ caller: { userId } }) {
      yield headerLine
      for (const { at, token, kind, quantity, priceUsd, feeUsd, note, ref } of await store.all(userId)) {
        const amounts = { quantity, price_usd: priceUsd, fee_usd: feeUsd === '0' ? null : feeUsd }
        yield writeLine({ at: toIso(at), token, kind, ...amounts, note, ref })
      }
    },
  }
}

const shown = ({
  id,
  token,
  symbol,
  kind,
  quantity,
  priceUsd,
  feeUsd,
  at,
  note,
  ref,
}: OwnTransaction): Transaction => ({
  id,
  token,
  symbol,
  kind,
  quantity,
  priceUsd,
  feeUsd,
  note,
  ref,
  at: toIso(at),
})
