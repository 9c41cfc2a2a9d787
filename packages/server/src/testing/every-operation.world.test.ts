import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVault } from '../platform/vault.ts'
import { createSecret } from '../platform/secret.ts'
import { systemClock } from '../platform/clock.ts'
import { allEndpoints } from '../http/bind.ts'
import type { Mail } from '../network/mail.ts'
import {
  askAdministration,
  askOwnAccount,
  askSecondFactor,
  askSigning,
  askWorkings,
  type Cast,
} from './every-operation-accounts.ts'
import { askMarket, askOthers, askRecommendations, askRecord, askSystem } from './every-operation-market.ts'
import { askHoldings, askNotifications, askSettings } from './every-operation-own.ts'
import { signUp, signUpAdmin } from './every-operation-people.ts'
import { createSchemaJudge, operationsIn, type OpenApi } from './every-operation-schemas.ts'
import { openAsking, type Asking } from './every-operation.ts'

/** In the order in which one thing needs another. */
const asked = {
  'signing in and out': askSigning,
  'one’s own account': askOwnAccount,
  'a second factor': askSecondFactor,
  'one’s own settings': askSettings,
  'the market': askMarket,
  'the installation': askSystem,
  'what is watched and held': askHoldings,
  'recommendations and jobs': askRecommendations,
  'notices and channels': askNotifications,
  'the record': askRecord,
  'hooks and charts': askOthers,
  administration: askAdministration,
  'how it works': askWorkings,
}

const operations = allEndpoints().map(({ resource, verb }) => `${resource}.${verb}`)

describe('the whole server, asked through the client over a socket', () => {
  let asking: Asking
  let cast: Cast
  beforeAll(async () => {
    const mails: Mail[] = []
    const outlet = {
      post: async () => ({ status: 200, headers: new Headers(), text: 'ok' }),
      mail: async (mail: Mail) => void mails.push(mail),
      now: () => systemClock.now(),
    }
    const vault = createVault({ secret: createSecret('the secret of the world, which is no secret') })
    asking = await openAsking((request) => fetch(request), { outside: { reach: { publicUrl: null, vault, outlet } } })
    const root = await signUpAdmin(asking)
    cast = { asking, mails, root, ann: await signUp(asking, 'ann', { mails }) }
  }, 120_000)
  afterAll(() => asking.world.close())

  it.each(Object.entries(asked))('answers what is asked of %s', (_, testAnswers) => testAnswers(cast), 120_000)

  it('answers every operation of the table well', () => {
    const well = new Set(asking.answers.filter(({ status }) => status < 300).map(({ operation }) => operation))
    expect(operations.filter((one) => !well.has(one))).toEqual([])
    expect([...well].filter((one) => !operations.includes(one))).toEqual([])
  })

  it('serves a document of exactly these operations, each with its words and its good and bad answers', async () => {
    const document = (await (await asking.raw('/api/v1/openapi.json')).json()) as OpenApi
    const described = operationsIn(document)
    expect(described.map(({ operationId }) => operationId).toSorted()).toEqual(operations.toSorted())
    const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
    for (const { operationId, summary, tags, responses } of described) {
      expect(summary, operationId).toMatch(/^.{10,}\.$/s)
      expect(tags, operationId).toEqual([operationId.split('.')[0]])
      expect(responses, operationId).toMatchObject({ 200: { content: {} }, '4XX': problem, '5XX': problem })
    }
  })

  it('answers as the document says, good and bad', async () => {
    const judge = createSchemaJudge((await (await asking.raw('/api/v1/openapi.json')).json()) as OpenApi)
    const judged = asking.answers.filter(({ operation }) => operation !== 'none')
    expect(judged.length).toBeGreaterThan(operations.length)
    expect(judged.map(judge).filter((fault) => fault !== null)).toEqual([])
  })
})
