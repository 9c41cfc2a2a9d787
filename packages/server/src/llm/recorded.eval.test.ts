import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createSavedDb } from '../db/saved-db.ts'
import type { Db } from '../db/db.ts'
import { startModelServer, type ModelAnswering, type ModelServer } from '../testing/model-server.ts'
import { openModel, question } from './test-model.ts'
import type { ModelSettings } from './settings.ts'

const folder = process.env['EVALUATION_DIR']

type Recorded = {
  request: { uri: string; body: { model: string } }
  response: { status: number; headers: Record<string, string>; body: unknown }
}

const bytes = (path: string) => readFile(join(folder!, 'fixtures', path), 'utf8')
const exchanges = async (path: string) => {
  const read = JSON.parse(await bytes(path)) as Recorded | Recorded[]
  return Array.isArray(read) ? read : [read]
}
const played = ({ response: { status, headers, body } }: Recorded): ModelAnswering => {
  const { 'content-length': _, 'transfer-encoding': __, 'content-encoding': ___, connection: ____, ...rest } = headers
  return { status, headers: rest, body: JSON.stringify(body) }
}

describe.skipIf(!folder)('recorded answers of vendors (skipped without EVALUATION_DIR)', () => {
  let db: Db
  let server: ModelServer
  beforeAll(async () => {
    ;[db, server] = await Promise.all([createSavedDb(), startModelServer(), import('ai')])
  }, 120_000)
  afterAll(async () => {
    await server.close()
    await db.destroy()
  })

  /** Plays the answers, in order and then the last one again, to a question of this form. */
  async function asked<T>(
    answers: readonly ModelAnswering[],
    schema: z.ZodType<T>,
    settings: Partial<ModelSettings> = {},
  ) {
    server.forget()
    server.next(...answers)
    server.answer(answers.at(-1)!)
    const one = openModel({ db, upstream: server.upstream, settings: { usdPerDay: 100, successor: null, ...settings } })
    const reply = await one.model.ask({ ...question(), schema, schemaName: 'answer' })
    const health = await one.model.health()
    await one.close()
    return { reply, health, calls: [...server.calls] }
  }

  const City = z.strictObject({ city: z.string(), country: z.string() })
  const local: Partial<ModelSettings> = {
    baseUrl: 'https://llm.example/v1',
    price: { input: 0, cachedInput: 0, output: 0 },
  }

  it('OpenAI: text instead of JSON is broken, its tokens are counted', async () => {
    const body = await bytes('openai/chat_completion_text.json')
    const { usage } = JSON.parse(body) as { usage: { prompt_tokens: number; completion_tokens: number } }
    const { reply, calls } = await asked([{ status: 200, body }], City)
    expect(reply.ending).toBe('broken')
    expect(calls).toHaveLength(2)
    expect(reply.tokens).toEqual({
      input: 2 * usage.prompt_tokens,
      cachedInput: 0,
      output: 2 * usage.completion_tokens,
    })
    expect(reply.costUsd).toBeCloseTo((2 * (usage.prompt_tokens * 2.5 + usage.completion_tokens * 10)) / 1e6, 8)
  })

  it('OpenAI: an answer by schema is answered', async () => {
    const recorded = await exchanges('openai/chat_json_schema_union.json')
    const final = recorded.findLast(({ response }) => JSON.stringify(response.body).includes('"content":"{'))
    expect(final).toBeDefined()
    const { reply } = await asked([played(final!)], z.strictObject({ result: z.any() }) as never)
    expect(reply.ending).toBe('answered')
    expect(reply.costUsd).toBeGreaterThan(0)
    // A call of a tool is no answer to us.
    const tool = recorded.find(({ response }) => JSON.stringify(response.body).includes('tool_calls'))
    expect((await asked([played(tool!)], City)).reply.ending).toBe('empty')
  })

  it.each([
    ['openai/error_400_max_tokens_unsupported.json', 'max_completion_tokens'],
    ['openai/error_400_temperature_unsupported.json', 'max_tokens'],
  ])('OpenAI: %s is answered by asking without it', async (path, limit) => {
    const refused = { status: 400, body: await bytes(path) }
    const [answered] = await exchanges('ollama/chat_json_schema.json')
    const { reply, calls } = await asked([refused, played(answered!)], City)
    expect(reply.ending).toBe('answered')
    expect(Object.keys(calls[1]!.body)).toContain(limit)
    expect('temperature' in calls[1]!.body).toBe(limit === 'max_completion_tokens')
  })

  it('OpenAI: an empty account is not asked again', async () => {
    const { reply, calls, health } = await asked(
      [{ status: 429, body: await bytes('openai/error_429_insufficient_quota.json') }],
      City,
    )
    expect(reply).toMatchObject({ ending: 'exhausted', costUsd: 0 })
    expect(calls).toHaveLength(1)
    expect(health.leftAlone?.why).toBe('its account is empty')
  })

  it('OpenAI: headers of its windows are understood', async () => {
    const [{ response }] = (await exchanges('openai/responses_basic_with_ratelimit_headers.json')) as [Recorded]
    const { 'content-encoding': _, 'transfer-encoding': __, ...headers } = response.headers
    const body = JSON.stringify({ error: { message: 'slow down', type: 'requests', code: 'rate_limit_exceeded' } })
    const { reply, calls } = await asked([{ status: 429, headers, body }], City)
    expect(reply.ending).toBe('throttled')
    expect(calls).toHaveLength(2)
  })

  it('Ollama: an answer by schema and one of its cloud are answered; what is free costs nothing', async () => {
    const [own] = await exchanges('ollama/chat_json_schema.json')
    const schema = await asked([played(own!)], City, local)
    expect(schema.reply).toMatchObject({ ending: 'answered', answer: { city: 'Paris', country: 'France' }, costUsd: 0 })
    const [cloud] = await exchanges('ollama/cloud_chat.json')
    const Pet = z.strictObject({ name: z.string(), animal: z.string(), age: z.int() })
    const object = await asked([played(cloud!)], Pet, {
      ...local,
      baseUrl: 'https://ollama.com/v1',
      model: 'gpt-oss:20b',
    })
    expect(object.reply.ending).toBe('answered')
    expect(object.calls[0]!.body.response_format).toEqual({ type: 'json_object' })
    expect(object.calls[0]!.path).toBe('/ollama.com/v1/chat/completions')
  })

  it('OpenRouter: a provider with too many calls is throttled, and what a reply cost is what it says', async () => {
    const router = { baseUrl: 'https://openrouter.ai/api/v1', model: 'openai/gpt-5-mini' }
    const throttled = await asked((await exchanges('openrouter/error_429_provider.json')).map(played), City, router)
    expect(throttled.reply).toMatchObject({ ending: 'throttled', costUsd: 0 })
    expect(throttled.calls[0]!.body['provider']).toEqual({ require_parameters: true })
    const recorded = await exchanges('openrouter/usage.json')
    const costOf = ({ response }: Recorded) => (response.body as { usage: { cost?: number } }).usage.cost
    const priced = recorded.find((one) => costOf(one) !== undefined)!
    const { reply, calls } = await asked([played(priced)], City, router)
    expect(reply.ending).toBe('broken')
    expect(reply.costUsd).toBeCloseTo(calls.length * costOf(priced)!, 8)
  })

  it('xAI: what it thought is counted, though only the total has it', async () => {
    const body = await bytes('openai-compatible/xai_chat_completion.json')
    const { usage } = JSON.parse(body) as {
      usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
    }
    const { reply, calls } = await asked([{ status: 200, body }], City, local)
    expect(['broken', 'length']).toContain(reply.ending)
    expect(reply.tokens!.output).toBe(calls.length * (usage.total_tokens - usage.prompt_tokens))
    expect(reply.tokens!.output).toBeGreaterThanOrEqual(calls.length * usage.completion_tokens)
  })
})
