import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createFetch } from '../network/fetch.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { startModelServer, type ModelServer } from '../testing/model-server.ts'
import { lookAtModel } from './look.ts'

describe('a look at the model', () => {
  let server: ModelServer
  let fetch: ReturnType<typeof createFetch>
  beforeAll(async () => {
    server = await startModelServer()
    fetch = createFetch({ upstream: server.upstream })
  })
  afterAll(async () => {
    await fetch.close()
    await server.close()
  })
  beforeEach(() => server.forget())

  const clock = createManualClock(Date.UTC(2026, 10, 22))
  const look = (env: Record<string, string>) =>
    lookAtModel({ config: readConfig(env), fetch, clock, abort: new AbortController().signal })

  it('finds none where none is set', async () => {
    expect(await look({})).toBeNull()
  })

  it('says that the vendor knows it, until when, and what may be spent, without asking anything that costs', async () => {
    server.knows('gpt-4o', null)
    expect(await look({ OPENAI_API_KEY: 'sk-1' })).toEqual({
      model: 'gpt-4o',
      ok: true,
      said: 'OpenAI knows it, switched off on 2027-01-14, then gpt-6-luna; at most $1 a day',
    })
    expect(server.calls).toEqual([])
  })

  it('says what is wrong: a model that is not there, a server that is not, a price that is not known', async () => {
    expect(await look({ OPENAI_API_KEY: 'sk-1', PUMPIQ_MODEL: 'gpt-6-sol' })).toMatchObject({
      ok: false,
      said: 'OpenAI does not know it; at most $1 a day',
    })
    expect(await look({ OPENAI_BASE_URL: 'http://127.0.0.1:59999/v1', PUMPIQ_MODEL: 'llama3' })).toMatchObject({
      ok: false,
      said: '127.0.0.1:59999 cannot be reached; at most $1 a day',
    })
    expect(await look({ OPENAI_API_KEY: 'sk-1', PUMPIQ_MODEL: 'gpt-9' })).toMatchObject({
      ok: false,
      said: expect.stringMatching(/^the price of model gpt-9 is not known/),
    })
  })
})
