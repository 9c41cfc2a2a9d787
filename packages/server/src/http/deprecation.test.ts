import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { endpoint, nobody } from '@pumpiq/api'
import { allEndpoints, mount } from './bind.ts'
import { describe } from './describe.ts'
import { bareTools } from './test-tools.ts'

const old = endpoint({
  method: 'GET',
  path: '/old',
  access: 'public',
  summary: 'What was.',
  reply: z.object({}),
  deprecated: { since: '2026-01-01', sunset: '2026-07-01', use: '/new' },
})

it('what is to go says since when, until when, and what to ask instead', async () => {
  const app = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('caller')
  app.addHook('onRequest', async (request) => void (request.caller = nobody))
  await describe(app)
  mount(app, { resource: 'old', verb: 'one', endpoint: old, handler: () => ({}), timeoutMs: 1_000 }, bareTools)
  await app.ready()
  expect((await app.inject('/api/v1/old')).headers).toMatchObject({
    deprecation: '@1767225600',
    sunset: 'Wed, 01 Jul 2026 00:00:00 GMT',
    link: '</api/v1/new>; rel="successor-version"',
  })
  expect(app.swagger().paths?.['/api/v1/old']?.get).toMatchObject({ deprecated: true })
  await app.close()
})

it('nothing of the table goes without another thing in its place', () => {
  const paths = new Set<string>(allEndpoints().map(({ endpoint: { path } }) => path))
  for (const { endpoint: of } of allEndpoints().filter(({ endpoint: { deprecated } }) => deprecated)) {
    const { since, sunset, use } = of.deprecated!
    expect([paths.has(use), Date.parse(sunset) > Date.parse(since)]).toEqual([true, true])
  }
  expect(paths.size).toBeGreaterThan(20)
})
