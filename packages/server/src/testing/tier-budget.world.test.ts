import { toIso, type Tier } from '@pumpiq/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openModel } from '../llm/test-model.ts'
import { usdPerDayOf } from '../outside.ts'
import { readerUser } from '../reader/model-reader.ts'
import { houseUser } from '../recommendations/users.ts'
import { says, startModelServer, type ModelServer } from './model-server.ts'
import { createWorld, type World } from './world.ts'

/** So little that a share of it does not pay a question, and all of it does. */
const usdPerDay = 0.3

it('gives tiers shares of a day’s money, and leaves something to all beside the house and the reader', () => {
  const of = usdPerDayOf(2)
  const shares = (['free', 'basic', 'premium', 'pro'] as const).map((tier) => of({ userId: 'ann', tier }))
  expect(shares).toEqual([0.1, 0.2, 0.5, 2])
  expect(of({ userId: houseUser }) + of({ userId: readerUser })).toBeLessThan(2)
})

describe('a user whose tier has no money left for a model', () => {
  let server: ModelServer
  let world: World
  let opened: ReturnType<typeof openModel>
  beforeAll(async () => {
    server = await startModelServer()
    server.answer(
      says.json({
        reasoning: [],
        factors: [],
        conflicts: [],
        wouldChange: [],
        stop: null,
        target: null,
        stance: 'agree',
        adjustment: 0,
      }),
    )
    world = await createWorld({
      withModel: ({ db }) =>
        (opened = openModel({
          db,
          upstream: server.upstream,
          settings: { usdPerDay },
          userUsdPerDay: usdPerDayOf(usdPerDay),
        })).model,
    })
  }, 120_000)
  afterAll(async () => {
    await world.close()
    await opened.close()
    await server.close()
  })

  async function adviceOf(tier: Tier) {
    const at = toIso(world.time.now())
    const user = { id: tier, name: tier, email: `${tier}@example.org`, role: 'user' as const, tier }
    await world.db
      .insertInto('authUser')
      .values({ ...user, createdAt: at, updatedAt: at })
      .execute()
    const token = await world.app.tokens.resolve('ETH')
    const profile = await world.app.settings.profileFor({ userId: tier }, { mode: 'technical-only' })
    return (await world.until(world.app.askAdvice(tier, token, profile, 0))).document
  }

  it('is answered by the rules, which say that the model was not asked and why', async () => {
    const made = await adviceOf('free')
    expect(made.engine).toMatchObject({ analyst: 'rules', ending: 'overspent', costUsd: 0 })
    expect(made.warnings).toContain('no AI text: the budget for the model is used up')
    expect(made.reasoning).toMatch(/^The evidence/)
  })

  it('takes nothing from one whose tier has', async () => {
    expect((await adviceOf('pro')).engine).toMatchObject({ ending: 'answered' })
  })
})
