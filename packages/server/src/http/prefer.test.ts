import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { endpoint, nobody } from '@pumpiq/api'
import { describe, expect, it } from 'vitest'
import { mount } from './bind.ts'
import { waitOf } from './prefer.ts'
import { bareTools } from './test-tools.ts'

describe('the header Prefer', () => {
  const cases: [string | undefined, number | null][] = [
    [undefined, null],
    ['', null],
    ['return=minimal', null],
    ['respond-async', 0],
    ['Respond-Async', 0],
    ['wait=10', 10_000],
    ['wait="10"', 10_000],
    ['respond-async, wait=10', 10_000],
    ['wait = 3 ; foo=bar, wait=9', 3_000],
    ['wait=0', 0],
    ['wait=-1', null],
    ['wait=1e3', null],
    ['wait=999999', 59_000],
  ]
  it.each(cases)('%j waits %j ms', (prefer, waitMs) => {
    expect(waitOf(prefer === undefined ? {} : { prefer }, 59_000)).toBe(waitMs)
  })
})

describe('an endpoint that accepts', () => {
  const Job = z.object({ id: z.string(), state: z.enum(['pending', 'completed']) })
  const slow = endpoint({
    method: 'POST',
    path: '/slow',
    access: 'public',
    summary: 'Something that takes its time.',
    reply: z.object({ id: z.string() }),
    creates: true,
    accepts: Job,
  })

  async function serve() {
    const app = Fastify()
    app.setValidatorCompiler(validatorCompiler)
    app.setSerializerCompiler(serializerCompiler)
    const handler = ({ prefers: { waitMs } }: { prefers: { waitMs: number | null } }) =>
      waitMs === null
        ? { made: true, document: { id: 'r1' } }
        : { accepted: { id: 'j1', state: 'pending', secret: String(waitMs) } }
    app.decorateRequest('caller')
    app.addHook('onRequest', async (request) => void (request.caller = nobody))
    mount(app, { resource: 'slow', verb: 'create', endpoint: slow, handler, timeoutMs: 5_000 }, bareTools)
    await app.ready()
    return app
  }

  it('answers 202 with the job and where it is told', async () => {
    const app = await serve()
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/slow',
      headers: { prefer: 'respond-async, wait=2' },
    })
    expect(answer.statusCode).toBe(202)
    expect(answer.headers['location']).toBe('/api/v1/jobs/j1')
    expect(answer.headers['preference-applied']).toBe('respond-async, wait=2')
    expect(answer.json()).toEqual({ id: 'j1', state: 'pending' })
  })

  it('gives the whole reply to who prefers nothing', async () => {
    const answer = await (await serve()).inject({ method: 'POST', url: '/api/v1/slow' })
    expect(answer.statusCode).toBe(201)
    expect(answer.headers['location']).toBe('/api/v1/slow/r1')
    expect(answer.headers['preference-applied']).toBeUndefined()
    expect(answer.json()).toEqual({ id: 'r1' })
  })
})
