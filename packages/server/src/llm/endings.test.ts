import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createSavedDb } from '../db/saved-db.ts'
import type { Db } from '../db/db.ts'
import { startModelServer, says, type ModelAnswering, type ModelServer } from '../testing/model-server.ts'
import { good, openModel, question } from './test-model.ts'

let db: Db
let server: ModelServer
const opened: { close(): Promise<void> }[] = []
beforeAll(async () => {
  ;[db, server] = await Promise.all([
    createSavedDb(),
    startModelServer(),
    import('ai'),
    import('@ai-sdk/openai-compatible'),
  ])
}, 120_000)
afterAll(async () => {
  for (const one of opened) await one.close()
  await server.close()
  await db.destroy()
})
beforeEach(() => {
  server.forget()
  server.answer(says.json(good))
})

function fresh(wish: Partial<Parameters<typeof openModel>[0]> = {}) {
  const made = openModel({ db, upstream: server.upstream, ...wish, settings: { usdPerDay: 1_000, ...wish.settings } })
  opened.push(made)
  return made
}

const attemptsOf = (promptHash: string) =>
  db.selectFrom('modelAttempt').selectAll().where('promptHash', '=', promptHash).orderBy('id').execute()

describe('a question that is answered', () => {
  it('is asked with the schema, strictly, and answered with what it cost', async () => {
    server.next(says.json(good, { usage: { input: 1_000, cached: 400, output: 50 } }))
    const reply = await fresh().model.ask(question({ prompt: 'What now?' }))
    expect(reply).toMatchObject({
      ending: 'answered',
      answer: good,
      model: 'gpt-4o',
      tokens: { input: 1_000, cachedInput: 400, output: 50 },
      // 600 at 2.50, 400 at 1.25 and 50 at 10 dollars a million
      costUsd: 0.0025,
      fromJournal: false,
    })
    expect(reply.promptHash).toMatch(/^[0-9a-f]{64}$/)
    const { path, headers, body } = server.calls[0]!
    expect(path).toBe('/api.openai.com/v1/chat/completions')
    expect(headers['authorization']).toMatch(/^Bearer sk-test/)
    expect(body).toMatchObject({ model: 'gpt-4o', temperature: 0.2, max_tokens: 200 })
    expect(body.messages).toEqual([
      { role: 'system', content: 'Weigh the evidence.' },
      { role: 'user', content: 'What now?' },
    ])
    expect(body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: {
        name: 'answer',
        strict: true,
        schema: { type: 'object', additionalProperties: false, required: ['why', 'stance'] },
      },
    })
  })

  it.each([
    ['gpt-6-luna', { max_completion_tokens: 200, reasoning_effort: 'none' }],
    ['gpt-6.1-sol', { max_completion_tokens: 200, reasoning_effort: 'low' }],
  ])('is asked of %s in the way of its family: no temperature, no max_tokens', async (model, settings) => {
    await fresh({ settings: { model } }).model.ask(question())
    expect(server.calls[0]!.body).toMatchObject(settings)
    expect(Object.keys(server.calls[0]!.body)).not.toContain('temperature')
    expect(Object.keys(server.calls[0]!.body)).not.toContain('max_tokens')
  })

  it('is read out of a fence, without a second call', async () => {
    server.next(says.fenced(good))
    expect(await fresh().model.ask(question())).toMatchObject({ ending: 'answered', answer: good })
    expect(server.calls).toHaveLength(1)
  })

  it('is mended once when it is broken or does not fit; the second call shows the fault and none of the evidence', async () => {
    for (const bad of [says.broken(), says.json({ why: 'because' })]) {
      server.forget()
      server.next(bad, says.json(good))
      const asked = question()
      const reply = await fresh().model.ask(asked)
      expect(reply).toMatchObject({ ending: 'answered', answer: good, tokens: { input: 240, output: 60 } })
      expect(server.calls).toHaveLength(2)
      const shown = JSON.stringify(server.calls[1]!.body.messages)
      expect(shown).toMatch(/It is not JSON|stance: Invalid option/)
      expect(shown).not.toContain(asked.prompt)
      expect((await attemptsOf(reply.promptHash)).map(({ part }) => part)).toEqual(['question', 'repair'])
    }
  })
})

type Case = [string, ModelAnswering, { ending: string; calls: number; costUsd?: number }]
const paid = 0.0006 // 120 in and 30 out of gpt-4o

describe('every ending', () => {
  it.each<Case>([
    ['a refusal', says.refusal(), { ending: 'refused', calls: 1, costUsd: paid }],
    ['an answer that was cut at its limit', says.length(), { ending: 'length', calls: 1, costUsd: paid }],
    ['a filter', says.filtered(), { ending: 'filtered', calls: 1, costUsd: paid }],
    ['no text at all', says.empty({}), { ending: 'empty', calls: 1, costUsd: paid }],
    ['JSON that stays broken', says.broken(), { ending: 'broken', calls: 2, costUsd: 2 * paid }],
    ['JSON that never fits', says.json({ why: 1 }), { ending: 'invalid', calls: 2, costUsd: 2 * paid }],
    ['a wrong key', says.unauthorized(), { ending: 'unauthorized', calls: 1, costUsd: 0 }],
    ['a country that is not served', says.forbidden(), { ending: 'unauthorized', calls: 1, costUsd: 0 }],
    ['an empty account', says.insufficientQuota(), { ending: 'exhausted', calls: 1, costUsd: 0 }],
    ['no credit', says.noCredit(), { ending: 'exhausted', calls: 1, costUsd: 0 }],
    ['a request that is wrong', says.wrongRequest(), { ending: 'rejected', calls: 1, costUsd: 0 }],
    ['a server in trouble', says.failing(500), { ending: 'failing', calls: 2, costUsd: 0 }],
    ['a page of a proxy', says.page(), { ending: 'failing', calls: 2, costUsd: 0 }],
    ['a page that says 200', says.page(200), { ending: 'failing', calls: 2 }],
    ['a provider that failed within a 200', says.failedWithin(), { ending: 'failing', calls: 2 }],
    ['a provider without credit within a 200', says.failedWithin(402), { ending: 'exhausted', calls: 1 }],
    ['too many calls', says.throttled({ 'retry-after-ms': '30' }), { ending: 'throttled', calls: 2, costUsd: 0 }],
    ['a line that is cut', says.cut(), { ending: 'unreachable', calls: 2 }],
    ['a line that is cut in the middle', says.cutInTheMiddle(), { ending: 'unreachable', calls: 2 }],
  ])('of %s has its name, its calls and its cost', async (_, answering, { ending, calls, costUsd }) => {
    server.answer(answering)
    const { model } = fresh()
    const reply = await model.ask(question())
    expect(reply.ending).toBe(ending)
    expect(server.calls).toHaveLength(calls)
    if (costUsd === undefined) expect(reply.costUsd).toBeGreaterThan(0)
    else expect(reply.costUsd).toBeCloseTo(costUsd, 9)
    const noted = await attemptsOf(reply.promptHash)
    expect(noted).toHaveLength(calls)
    expect(noted.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0) / 1e9).toBeCloseTo(reply.costUsd!, 9)
    expect((await model.health()).endings).toEqual({ [ending]: 1 })
  })

  it('of a model that is gone asks the successor, now and from then on', async () => {
    server.answer(({ body }) => (body.model === 'gpt-4o' ? says.gone() : says.json(good)))
    const { model, log } = fresh()
    expect(model.id()).toBe('gpt-4o')
    expect(await model.ask(question())).toMatchObject({ ending: 'answered', model: 'gpt-6-luna' })
    expect(model.id()).toBe('gpt-6-luna')
    await model.ask(question())
    expect(server.calls.map(({ body }) => body.model)).toEqual(['gpt-4o', 'gpt-6-luna', 'gpt-6-luna'])
    expect(log.entries.filter(({ level }) => level === 'warn').map(({ sentence }) => sentence)).toEqual([
      'gpt-4o is switched off: gpt-6-luna is asked instead',
    ])
  })

  it('is gone when neither is there, and each is asked once', async () => {
    server.answer(({ body }) => says.gone(body.model))
    expect(await fresh().model.ask(question())).toMatchObject({ ending: 'gone' })
    expect(server.calls).toHaveLength(2)
  })

  it('is slow when the time is up, within the time, and its input is booked', async () => {
    server.answer(says.slow(says.json(good), 5_000))
    const startedAt = performance.now()
    const reply = await fresh().model.ask(question({ timeoutMs: 600 }))
    expect(performance.now() - startedAt).toBeLessThan(700)
    expect(reply.ending).toBe('slow')
    expect(reply.costUsd).toBeGreaterThan(0)
    expect(server.calls).toHaveLength(1)
  })

  it('is unreachable where nobody listens, and costs nothing', async () => {
    const closed = await startModelServer()
    await closed.close()
    const reply = await fresh({ upstream: closed.upstream }).model.ask(question())
    expect(reply).toMatchObject({ ending: 'unreachable', costUsd: 0 })
  })

  it('is booked at its input when it was empty and told no counts', async () => {
    server.answer(says.empty(null))
    const reply = await fresh().model.ask(question())
    expect(reply).toMatchObject({ ending: 'empty', tokens: null })
    expect(reply.costUsd).toBeGreaterThan(0)
    expect((await attemptsOf(reply.promptHash))[0]).toMatchObject({ estimated: true })
  })

  it('comes in the same way two hundred times', { timeout: 120_000 }, async () => {
    const forms = [says.refusal(), says.length(), says.filtered(), says.empty(), says.wrongRequest()]
    server.answer((_, count) => forms[count % forms.length]!)
    const { model } = fresh()
    for (let turn = 0; turn < 10; turn++) {
      const asked = Array.from({ length: 20 }, () => model.ask(question({ purpose: 'reader', timeoutMs: 60_000 })))
      await Promise.all(asked)
    }
    const { endings, asked } = await model.health()
    expect(asked).toBe(200)
    expect(endings).toEqual({ refused: 40, length: 40, filtered: 40, empty: 40, rejected: 40 })
  })
})

describe('what is tried again', () => {
  it('is what may pass, once, after the pause that is asked for', async () => {
    for (const first of [
      says.failing(503),
      says.throttled({ 'retry-after': '0.3' }),
      says.throttled({ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '300ms' }),
      says.cut(),
    ]) {
      server.forget()
      server.next(first)
      const reply = await fresh().model.ask(question())
      expect(reply).toMatchObject({ ending: 'answered' })
      expect(reply.latencyMs).toBeGreaterThan(195)
      expect(server.calls).toHaveLength(2)
    }
  })

  it('is nothing when the pause takes longer than the time that is left; until it is over nobody is asked', async () => {
    server.answer(says.throttled({ 'retry-after': '20' }))
    const { model, log } = fresh()
    const reply = await model.ask(question({ timeoutMs: 9_000 }))
    expect(reply.ending).toBe('throttled')
    expect(reply.latencyMs).toBeLessThan(5_000)
    expect(await model.ask(question())).toMatchObject({ ending: 'throttled', costUsd: 0 })
    expect(server.calls).toHaveLength(1)
    const health = await model.health()
    expect(health.leftAlone?.why).toBe('its vendor asks for fewer calls')
    expect(log.entries.filter(({ sentence }) => sentence.includes('left alone'))).toHaveLength(1)
  })

  it('is not an empty account: the model is left alone until the next day, told once', async () => {
    server.answer(says.insufficientQuota())
    const { model, log } = fresh()
    for (let turn = 0; turn < 5; turn++) expect((await model.ask(question())).ending).toBe('exhausted')
    expect(server.calls).toHaveLength(1)
    expect(log.entries.filter(({ sentence }) => sentence.includes('its account is empty'))).toHaveLength(1)
    expect((await model.health()).leftAlone?.until).toMatch(/T00:00:00\.000Z$/)
  })
})

describe('a server that lacks something', () => {
  it('is asked for an object with the schema in the words, once it said that it knows no schemas', async () => {
    server.answer(({ body }) => (body.response_format?.type === 'json_schema' ? says.noSchemas() : says.json(good)))
    const { model } = fresh()
    expect(await model.ask(question())).toMatchObject({ ending: 'answered', answer: good })
    await model.ask(question())
    expect(server.calls.map(({ body }) => body.response_format?.type)).toEqual([
      'json_schema',
      'json_object',
      'json_object',
    ])
    expect(server.calls[1]!.body.messages[0]!.content).toContain('"required":["why","stance"]')
  })

  it('is asked in words alone when it knows no form', async () => {
    server.answer(({ body }) => (body.response_format ? says.noSchemas() : says.fenced(good)))
    expect(await fresh().model.ask(question())).toMatchObject({ ending: 'answered', answer: good })
    expect(server.calls).toHaveLength(3)
  })

  it('is asked without the setting that it refuses', async () => {
    server.answer(({ body }) =>
      'max_tokens' in body
        ? says.unsupported('max_tokens')
        : 'temperature' in body
          ? says.unsupported('temperature')
          : says.json(good),
    )
    const { model } = fresh()
    expect(await model.ask(question())).toMatchObject({ ending: 'answered' })
    expect(await model.ask(question())).toMatchObject({ ending: 'answered' })
    expect(server.calls).toHaveLength(4)
  })
})

describe('who asks', () => {
  it('may go away: the promise rejects with the reason, the call is ended and booked', async () => {
    server.answer(says.slow(says.json(good), 2_000))
    const { model } = fresh()
    const stop = new AbortController()
    const asked = model.ask(question({ abort: stop.signal }))
    while (server.calls.length === 0) await new Promise((done) => setTimeout(done, 5))
    stop.abort(new Error('gone home'))
    await expect(asked).rejects.toThrow('gone home')
    await model.close()
    expect(await db.selectFrom('modelReservation').selectAll().execute()).toEqual([])
    await expect(model.ask(question({ abort: AbortSignal.abort(new Error('never mind')) }))).rejects.toThrow(
      'never mind',
    )
  })

  it('is told of a schema that strict outputs cannot say: that is a bug', async () => {
    const asked = { ...question(), schema: z.strictObject({ why: z.string().optional() }) as never }
    await expect(fresh().model.ask(asked)).rejects.toThrow('answer.why is optional')
  })

  it('is answered for ill-formed text too', async () => {
    expect(await fresh().model.ask(question({ prompt: 'half \ud800 a pair' }))).toMatchObject({ ending: 'answered' })
  })
})
