import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { houseProfile, Failure } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import { knownTokens } from '../tokens/known.ts'
import type { Tokens } from '../tokens/tokens.ts'
import { createAnswers } from './answers.ts'
import { createAsks, type Asks } from './asks.ts'
import { createHouse } from './house.ts'

const slot = Date.UTC(2026, 3, 1)
const universe = knownTokens.slice(0, 3)
const clock = createManualClock(slot)
const ids = createIds({ clock, random: seededRandom(8) })
let db: Db
let asks: Asks
let placed: string[]
let log: ReturnType<typeof createCollectedLog>

beforeAll(async () => (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())
beforeEach(async () => {
  await db.deleteFrom('ask').execute()
  asks = createAsks({ db, ids, clock })
  placed = []
  log = createCollectedLog()
})

/** `place` of the house, whose engine answers nothing but that it failed. */
function houseThat(place: (id: string, nth: number) => void) {
  const answers = createAnswers({ asks, clock, lookEveryMs: null })
  return createHouse({
    profile: houseProfile,
    tokens: { universe: async () => universe } as unknown as Tokens,
    asks,
    answers,
    async place(id) {
      placed.push(id)
      place(id, placed.length)
      await asks.fail(id, new Failure('unavailable', 'no venue answers'))
      answers.ended(id)
    },
    clock,
    log,
    called: async () => 0,
  })
}

/** Moves time on while a round waits between two tokens. */
async function through(round: Promise<void>): Promise<void> {
  let over = false
  const ended = round.finally(() => (over = true))
  ended.catch(() => {}) // told below
  while (!over) {
    await clock.advance(1_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return ended
}

it('a question that cannot be placed, whatever the reason, keeps the others from nothing', async () => {
  const house = houseThat((_, nth) => {
    if (nth === 1) throw new Failure('unavailable', 'Redis cannot be reached')
    if (nth === 2) throw new Error('MISCONF Redis is configured to save')
  })
  await through(house.round(slot))
  expect(placed).toHaveLength(3)
  expect(log.entries.map(({ level }) => level)).toEqual(['warn', 'error', 'warn'])
  expect(await asks.waiting({ before: 0, houseBefore: clock.now() })).toHaveLength(2)
})

it('a round that was cut short goes on where it was, and asks nothing twice', async () => {
  const cut = new AbortController()
  const stops = { abort: new AbortController().signal, stopping: cut.signal }
  const house = houseThat((_, nth) => {
    if (nth === 2) cut.abort(new Error('stopped'))
  })
  await expect(through(house.round(slot, stops))).rejects.toThrow('stopped')
  expect(placed).toHaveLength(2)
  await through(house.round(slot))
  expect(new Set(placed).size).toBe(3)
  expect(placed).toHaveLength(3)
})
