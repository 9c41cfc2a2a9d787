import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { days, Failure, minutes, seconds } from '@pumpiq/domain'
import { endpoint } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import { systemClock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { createSecret } from '../platform/secret.ts'
import { createVault } from '../platform/vault.ts'
import { mount } from './bind.ts'
import { createIdempotency } from './idempotency.ts'
import { createIdempotencyStore } from './idempotency-store.ts'
import { problemOf, tell } from './problem.ts'
import { someone } from './test-app.ts'
import { bareTools } from './test-tools.ts'

const create = endpoint({
  method: 'POST',
  path: '/things',
  access: 'user',
  summary: 'Makes a thing.',
  body: z.strictObject({ name: z.string() }),
  reply: z.object({ id: z.string(), secret: z.string() }),
  creates: true,
  idempotent: true,
})

const vault = createVault({ secret: createSecret('a secret that is none, of some length') })
const open: FastifyInstance[] = []

type Work = (name: string) => unknown

async function serve(db: Db, work: Work = () => {}) {
  const state = { now: Date.UTC(2026, 0, 5), made: 0, caller: someone({ userId: systemIds.next() }) }
  const app = Fastify()
  open.push(app)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(tell(error, request), request)
    return reply.code(problem.status).send(JSON.stringify(problem))
  })
  app.decorateRequest('caller')
  app.addHook('onRequest', async (request) => void (request.caller = state.caller))
  const store = createIdempotencyStore({ db })
  const needs = { store, ids: systemIds, clock: { now: () => state.now }, log: silentLog }
  const idempotency = createIdempotency({ ...needs, vault })
  const handler = async ({ body }: { body: unknown }) => {
    const { name } = body as { name: string }
    const number = ++state.made
    await work(name)
    return { made: true, document: { id: `${name}-${number}`, secret: `told-once-${number}`, more: 'never sent' } }
  }
  mount(
    app,
    { resource: 'things', verb: 'create', endpoint: create, handler: handler, timeoutMs: 5_000 },
    {
      ...bareTools,
      idempotency,
    },
  )
  await app.ready()
  const send = (key: string | null, name = 'a') =>
    app.inject({
      method: 'POST',
      url: '/api/v1/things',
      payload: { name },
      headers: key === null ? {} : { 'idempotency-key': key },
    })
  return { app, state, send, idempotency }
}

/** What an idempotency key owes on either database. */
export function testIdempotency(name: string, db: () => Db): void {
  afterEach(async () => {
    for (const app of open.splice(0)) await app.close()
  })

  describe(`an idempotency key on ${name}`, () => {
    it('does a thing once, and answers the same to whoever sends it again', async () => {
      const { send, state } = await serve(db())
      const first = await send('k1')
      const again = await send('k1')
      expect([first.statusCode, again.statusCode, state.made]).toEqual([201, 201, 1])
      expect(again.body).toBe(first.body)
      expect(again.json()).toEqual({ id: 'a-1', secret: 'told-once-1' })
      expect(again.headers['location']).toBe('/api/v1/things/a-1')
      expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([
        undefined,
        'true',
      ])
      expect((await send(null)).json()).toMatchObject({ id: 'a-2' })
    })

    it('is refused with another request', async () => {
      const { send, state } = await serve(db())
      await send('k1', 'a')
      const other = await send('k1', 'b')
      expect([other.statusCode, state.made]).toEqual([409, 1])
      expect(other.json()).toMatchObject({
        code: 'conflict',
        detail: expect.stringContaining('a new request needs a new key') as string,
      })
    })

    it('is each user’s own', async () => {
      const { send, state } = await serve(db())
      await send('k1')
      state.caller = someone({ userId: systemIds.next() })
      expect((await send('k1')).json()).toMatchObject({ id: 'a-2' })
    })

    it('makes one of many that come at once; the others are told to ask again, and then get its answer', async () => {
      const gate = Promise.withResolvers<void>()
      const { send, state } = await serve(db(), () => gate.promise)
      const all = Array.from({ length: 20 }, () => send('k1'))
      await expect.poll(() => state.made).toBe(1)
      const others = await Promise.all(all.map((one) => Promise.race([one, systemClock.sleep(300).then(() => null)])))
      expect(
        others
          .filter((one) => one !== null)
          .map((one) => [one.statusCode, one.json<{ retryAfterMs: number }>().retryAfterMs]),
      ).toEqual(Array.from({ length: 19 }, () => [409, 1_000]))
      gate.resolve()
      const made = (await Promise.all(all)).find(({ statusCode }) => statusCode === 201)!
      expect((await send('k1')).body).toBe(made.body)
      expect(state.made).toBe(1)
    })

    it('keeps nothing of what failed: the same may be asked again', async () => {
      let failing = true
      const { send, state } = await serve(db(), () => {
        if (failing) throw new Failure('unavailable', 'not now')
      })
      expect((await send('k1')).statusCode).toBe(503)
      failing = false
      expect((await send('k1')).statusCode).toBe(201)
      expect(state.made).toBe(2)
    })

    it('is free again when whoever had it has gone with his process, and not before', async () => {
      const { send, state } = await serve(db(), (thing) => (thing === 'lost' ? new Promise(() => {}) : undefined))
      void send('k1', 'lost')
      await expect.poll(() => state.made).toBe(1)
      state.now += seconds(5)
      expect((await send('k1', 'lost')).statusCode).toBe(409)
      state.now += minutes(1)
      expect((await send('k1', 'a')).statusCode).toBe(201)
    })

    it('is kept for a day, and then forgotten', async () => {
      const { send, state, idempotency } = await serve(db())
      await send('k1')
      state.now += days(1) - 1
      await idempotency.forget()
      expect((await send('k1')).json()).toMatchObject({ id: 'a-1' })
      state.now += 2
      expect((await send('k1', 'b')).json()).toMatchObject({ id: 'b-2' })
      state.now += days(2)
      await idempotency.forget()
      const left = await db()
        .selectFrom('idempotencyKey')
        .select('key')
        .where('userId', '=', state.caller.userId!)
        .execute()
      expect(left).toEqual([])
    })

    it('leaves no answer readable in the database', async () => {
      const { send, state } = await serve(db())
      await send('k1')
      const rows = await db()
        .selectFrom('idempotencyKey')
        .selectAll()
        .where('userId', '=', state.caller.userId!)
        .execute()
      expect(rows).toHaveLength(1)
      expect(JSON.stringify(rows)).not.toContain('told-once')
    })

    it.each(['', 'with space', 'x'.repeat(256), 'ä'])('is refused where it is none: %j', async (key) => {
      const { send, state } = await serve(db())
      expect([(await send(key)).statusCode, state.made]).toEqual([400, 0])
    })
  })
}
