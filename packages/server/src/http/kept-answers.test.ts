import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Failure } from '@pumpiq/domain'
import { endpoint, nobody, type Anybody, type Endpoint } from '@pumpiq/api'
import { describe, expect, it } from 'vitest'
import { createAnswerCache } from './answer-cache.ts'
import { allEndpoints, mount } from './bind.ts'
import { bareTools } from './test-tools.ts'

const Told = z.object({ id: z.string(), for: z.string() })
const one = endpoint({
  method: 'GET',
  path: '/things/:id',
  access: 'public',
  summary: 'A thing.',
  params: z.strictObject({ id: z.string() }),
  reply: Told,
  cacheMs: 60_000,
})
const { cacheMs: _, ...bare } = one
const mine: Endpoint = { ...bare, path: '/mine/:id', access: 'user' }
const fresh: Endpoint = { ...bare, path: '/fresh/:id' }
const ann: Anybody = { ...nobody, userId: 'ann', role: 'user', via: 'key' }

async function serve() {
  const state = { now: 1_000_000, asked: 0, caller: nobody }
  const app: FastifyInstance = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof Failure && error.code === 'notFound' ? 404 : 500).send(),
  )
  app.decorateRequest('caller')
  app.addHook('onRequest', async (request) => void (request.caller = state.caller))
  const handler = ({ params, caller }: { params: unknown; caller: Anybody }) => {
    const { id } = params as { id: string }
    state.asked++
    if (id === 'anns' && caller.userId !== 'ann') throw new Failure('notFound', 'there is no such thing')
    return { id, for: caller.userId ?? 'everybody', secret: 'never sent' }
  }
  const tools = { ...bareTools, cache: createAnswerCache({ clock: { now: () => state.now } }) }
  for (const [verb, of] of Object.entries({ one, mine, fresh }))
    mount(app, { resource: 'things', verb, endpoint: of, handler: handler, timeoutMs: 5_000 }, tools)
  await app.ready()
  return { app, state }
}

describe('an answer that is everybody’s', () => {
  it('is made once and given again, with its age, until it is old', async () => {
    const { app, state } = await serve()
    const first = await app.inject('/api/v1/things/a')
    state.now += 5_400
    const second = await app.inject('/api/v1/things/a')
    expect(state.asked).toBe(1)
    expect(second.body).toBe(first.body)
    expect(second.json()).toEqual({ id: 'a', for: 'everybody' })
    expect(second.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=60',
      age: '5',
      etag: first.headers['etag'],
    })
    state.now += 54_600
    await app.inject('/api/v1/things/a')
    expect(state.asked).toBe(2)
  })

  it('is made anew when the clock was set back', async () => {
    const { app, state } = await serve()
    await app.inject('/api/v1/things/a')
    state.now -= 1
    await app.inject('/api/v1/things/a')
    expect(state.asked).toBe(2)
  })

  it('is the same for whoever has signed in: its handler never learns who asks', async () => {
    const { app, state } = await serve()
    state.caller = ann
    expect((await app.inject('/api/v1/things/a')).json()).toEqual({ id: 'a', for: 'everybody' })
    state.caller = nobody
    expect((await app.inject('/api/v1/things/a')).json()).toEqual({ id: 'a', for: 'everybody' })
    expect(state.asked).toBe(1)
  })

  it('is not what only one user may see: that is his, and is kept nowhere', async () => {
    const { app, state } = await serve()
    state.caller = ann
    const his = await app.inject('/api/v1/things/anns')
    expect([his.statusCode, his.json(), his.headers['cache-control']]).toEqual([
      200,
      { id: 'anns', for: 'ann' },
      'private, no-store',
    ])
    state.caller = { ...ann, userId: 'bob' }
    expect((await app.inject('/api/v1/things/anns')).statusCode).toBe(404)
    state.caller = nobody
    expect((await app.inject('/api/v1/things/anns')).statusCode).toBe(404)
  })

  it('is not kept under words that the endpoint does not read', async () => {
    const { app, state } = await serve()
    for (const query of ['?x=1', '?x=1', '?']) await app.inject(`/api/v1/things/a${query}`)
    expect(state.asked).toBe(3)
  })

  it('answers HEAD without a body', async () => {
    const { app } = await serve()
    const { body } = await app.inject('/api/v1/things/a')
    const head = await app.inject({ method: 'HEAD', url: '/api/v1/things/a' })
    expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([200, '', String(body.length)])
  })

  it('is of endpoints that everybody may ask, and that only read', () => {
    const kept = allEndpoints().filter((each) => each.endpoint.cacheMs !== undefined)
    expect(kept.length).toBeGreaterThan(5)
    expect(kept.filter(({ endpoint: of }) => of.access !== 'public' || of.method !== 'GET' || of.lines)).toEqual([])
  })
})

describe('the name of what was answered', () => {
  it.each(['/api/v1/things/a', '/api/v1/fresh/a'])('is asked for again without being sent again: %s', async (url) => {
    const { app } = await serve()
    const { headers } = await app.inject(url)
    const etag = String(headers['etag'])
    expect(etag).toMatch(/^"[\w-]{27}"$/)
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await app.inject({ url, headers: { 'if-none-match': known } })
      expect([again.statusCode, again.body, again.headers['etag']]).toEqual([304, '', etag])
    }
    const other = await app.inject({ url, headers: { 'if-none-match': '"other"' } })
    expect(other.statusCode).toBe(200)
  })

  it('is another one for another answer', async () => {
    const { app } = await serve()
    const [one1, other] = [await app.inject('/api/v1/fresh/a'), await app.inject('/api/v1/fresh/b')]
    expect(one1.headers['etag']).not.toBe(other.headers['etag'])
  })

  it('is told beside whether it may be kept: nothing of a user may', async () => {
    const { app, state } = await serve()
    expect((await app.inject('/api/v1/fresh/a')).headers['cache-control']).toBe('no-cache')
    state.caller = ann
    expect((await app.inject('/api/v1/fresh/a')).headers['cache-control']).toBe('private, no-store')
    expect((await app.inject('/api/v1/mine/a')).headers['cache-control']).toBe('private, no-store')
  })
})
