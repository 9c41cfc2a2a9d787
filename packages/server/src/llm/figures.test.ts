import fc from 'fast-check'
import { countTokens } from 'gpt-tokenizer'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ModelAnswer } from '@pumpiq/domain'
import { readAnswer } from './answer-text.ts'
import { tokensAtMost } from './estimate.ts'
import { parametersOf } from './families.ts'
import { hostOf } from './hosts.ts'
import { announcedShutdown, isNear, isOver, nextUtcDay } from './lifetimes.ts'
import { costNano, mostNano, priceOf, toNano, toUsd } from './prices.ts'
import { billsNobody, modelSettings, type ModelSettings, openaiBaseUrl, priceAt, readerSettings } from './settings.ts'
import { strictSchema } from './strict-schema.ts'
import { askedWaitMs, goDurationMs } from './waits.ts'
import { understood } from './wire.ts'
import { readConfig } from '../config.ts'

const settings = (wish: Partial<ModelSettings>): ModelSettings => ({
  model: 'gpt-4o',
  successor: null,
  baseUrl: openaiBaseUrl,
  key: null,
  usdPerDay: 1,
  price: null,
  ...wish,
})

describe('what tokens cost', () => {
  it('is by the list of the vendor, exactly', () => {
    const usage = { input: 1_000_000, cachedInput: 0, cacheWrite: 0, output: 0 }
    const costs = (model: string, change: Partial<typeof usage>) =>
      toUsd(costNano({ ...usage, ...change }, priceOf(model)!))
    expect(costs('gpt-4o', { input: 200_000 })).toBe(0.5)
    expect(costs('gpt-4o', { input: 0, output: 1_000 })).toBe(0.01)
    expect(costs('gpt-4o-2024-08-06', { input: 1_000, cachedInput: 1_000 })).toBe(0.00125)
    expect(costs('openai/gpt-6-luna', { input: 1_000, cacheWrite: 1_000 })).toBe(0.000125)
    expect(costs('meta/llama:free', {})).toBe(0)
    expect(priceOf('gpt-7')).toBeNull()
    // Long questions cost twice, their answers half as much again.
    expect(costs('gpt-6-sol', { input: 300_000, output: 1_000 })).toBeCloseTo(1.2 + 0.015, 9)
  })

  it('is never more than what was set aside for so many tokens, and never less than nothing', () => {
    const count = fc.nat({ max: 400_000 })
    fc.assert(
      fc.property(
        count,
        count,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('gpt-4o', 'gpt-6-luna'),
        (input, output, share, model) => {
          const price = priceOf(model)!
          const cachedInput = Math.floor(input * share)
          const cost = costNano({ input, output, cachedInput, cacheWrite: input - cachedInput }, price)
          const most = mostNano({ input, output }, price)
          expect(cost).toBeGreaterThanOrEqual(0)
          expect(cost).toBeLessThanOrEqual(most.input + most.output)
        },
      ),
    )
  })

  it('is counted in whole billionths of a dollar, rounded up', () => {
    expect([toNano(1), toNano(0.1), toNano(1e-9), toNano(1.5e-9), toNano(0)]).toEqual([1e9, 1e8, 1, 2, 0])
  })

  it('must be known where the bill comes, and is nothing on a machine of one’s own', () => {
    expect(() => priceAt(settings({ model: 'gpt-9' }), 'gpt-9')).toThrow(
      /price of model gpt-9 is not known.*gpt-4o.*PUMPIQ_MODEL_PRICE/,
    )
    const told = { input: 1, cachedInput: 1, output: 2 }
    expect(priceAt(settings({ model: 'gpt-9', price: told }), 'gpt-9')).toEqual(told)
    expect(priceAt(settings({ baseUrl: 'http://localhost:11434/v1' }), 'llama3').output).toBe(0)
    // A gateway of one's own network that passes on to the vendor: the bill comes all the same.
    const gateway = settings({ baseUrl: 'http://gateway.internal:4000/v1', model: 'openai/gpt-4o', successor: null })
    expect(priceAt(gateway, 'openai/gpt-4o').output).toBe(10)
    expect(billsNobody(gateway)).toBe(false)
    expect(billsNobody({ ...gateway, model: 'llama3' })).toBe(true)
    expect(billsNobody({ ...gateway, model: 'llama3', successor: 'gpt-6-luna' })).toBe(false)
    expect(billsNobody(settings({}))).toBe(false)
    expect(priceAt(settings({ baseUrl: 'https://openrouter.ai/api/v1' }), 'x/y').output).toBe(50)
    expect(priceAt(settings({ baseUrl: 'https://name.openai.azure.com/openai/v1' }), 'gpt-4o').output).toBe(10)
  })
})

describe('an estimate of tokens', () => {
  const base58 = [...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz']
  const sayings = fc.oneof(
    fc.lorem({ mode: 'sentences' }),
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.string({ unit: fc.constantFrom(...base58), minLength: 32, maxLength: 44 }),
    fc.string({ unit: fc.constantFrom(...' \n\t.,;:!?{}[]()"$%#@/\\-_+=0123456789') }),
    fc.string({ unit: fc.constantFrom(...'价格上涨ビットコイン암호화폐🚀🌕💎éüßñЖ') }),
  )
  it('is no less than a tokenizer of the GPT family counts, of prose, numbers, addresses, signs and other scripts', () => {
    fc.assert(
      fc.property(sayings, (text) => tokensAtMost(text) >= countTokens(text, { allowedSpecial: 'all' })),
      { numRuns: 2_000, seed: 7 },
    )
  })

  it('is no more than three times that for evidence', () => {
    const evidence = JSON.stringify({
      id: 'tech.rsi14',
      label: 'Relative strength',
      value: 72.31,
      unit: 'index',
      lean: -0.42,
    })
    const text = evidence.repeat(20)
    expect(tokensAtMost(text)).toBeLessThan(3 * countTokens(text))
  })
})

describe('families and lives of models', () => {
  it('are known by name, whoever sells them', () => {
    expect(parametersOf('gpt-4o-2024-08-06')).toEqual({ limit: 'max_tokens', temperature: 0.2, effort: null })
    expect(parametersOf('openai/gpt-5.6-luna')).toEqual({
      limit: 'max_completion_tokens',
      temperature: null,
      effort: 'none',
    })
    expect(parametersOf('gpt-5-mini')).toMatchObject({ effort: 'low' })
    expect(parametersOf('qwen3:0.6b')).toMatchObject({ limit: 'max_tokens' })
  })

  it('end on a day: it is warned of for sixty days, and over from its first instant', () => {
    expect(announcedShutdown('gpt-4o-mini-2024-07-18')).toBe('2027-01-14')
    expect(announcedShutdown('gpt-6-luna')).toBeNull()
    const at = (iso: string) => Date.parse(iso)
    expect(isNear('2027-01-14', at('2026-11-14T00:00:00Z'))).toBe(false)
    expect(isNear('2027-01-14', at('2026-11-15T00:00:00Z'))).toBe(true)
    expect(isOver('2027-01-14', at('2027-01-13T23:59:59.999Z'))).toBe(false)
    expect(isOver('2027-01-14', at('2027-01-14T00:00:00Z'))).toBe(true)
    expect(nextUtcDay(at('2026-12-31T23:59:59.999Z'))).toBe(at('2027-01-01T00:00:00Z'))
  })
})

describe('settings', () => {
  it('reads with the successor where that is known to be cheaper', () => {
    const readerOf = (env: Record<string, string>) => readerSettings(modelSettings(readConfig(env))!).model
    expect(readerOf({ OPENAI_API_KEY: 'sk-123' })).toBe('gpt-6-luna')
    expect(
      readerOf({ OPENAI_API_KEY: 'sk-123', PUMPIQ_MODEL: 'gpt-6-luna', PUMPIQ_MODEL_SUCCESSOR: 'gpt-6-sol' }),
    ).toBe('gpt-6-luna')
    expect(readerOf({ OPENAI_BASE_URL: 'http://localhost:11434/v1', PUMPIQ_MODEL: 'llama' })).toBe('llama')
  })

  it('are none without a key and without a base URL', () => {
    expect(modelSettings(readConfig({}))).toBeNull()
    expect(modelSettings(readConfig({ PUMPIQ_MODEL: 'gpt-4o' }))).toBeNull()
  })

  it('are OpenAI’s with a key, and a server’s own without one', () => {
    expect(modelSettings(readConfig({ OPENAI_API_KEY: 'sk-1' }))).toMatchObject({
      model: 'gpt-4o',
      successor: 'gpt-6-luna',
      baseUrl: 'https://api.openai.com/v1',
      usdPerDay: 1,
    })
    const local = readConfig({ OPENAI_BASE_URL: 'http://localhost:11434/v1', PUMPIQ_MODEL: 'llama3' })
    expect(modelSettings(local)).toMatchObject({ model: 'llama3', successor: null, key: null })
    expect(hostOf('http://localhost:11434/v1').isLocal).toBe(true)
    expect(hostOf('https://openrouter.ai/api/v1').extra).toEqual({ provider: { require_parameters: true } })
  })
})

describe('a wait that is asked for', () => {
  it.each([
    ['4ms', 4],
    ['0s', 0],
    ['1.5s', 1_500],
    ['6m0s', 360_000],
    ['1h2m3s', 3_723_000],
    ['soon', null],
    ['', null],
    ['5', null],
  ])('reads %j as %s ms', (text, ms) => expect(goDurationMs(text)).toBe(ms))

  it('is the exact one, then the plain one, then that of the window that is used up', () => {
    const wait = (headers: Record<string, string>) => askedWaitMs(new Headers(headers), 1_790_000_000_000)
    const windows = {
      'x-ratelimit-remaining-requests': '9',
      'x-ratelimit-reset-requests': '8s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '2s',
    }
    expect(wait({ 'retry-after-ms': '120', 'retry-after': '7', ...windows })).toBe(120)
    expect(wait({ 'retry-after': '7', ...windows })).toBe(7_000)
    expect(wait(windows)).toBe(2_000)
    expect(wait({ 'x-ratelimit-reset': '1790000003000' })).toBe(3_000)
    expect(wait({})).toBeNull()
  })
})

describe('a schema for strict outputs', () => {
  it('is closed, requires every key and tells lengths in words', () => {
    const schema = z.object({
      name: z.string().min(2).max(9).describe('Who.'),
      format: z.enum(['a']),
      n: z.number().min(0).nullable(),
    })
    expect(strictSchema(schema, 'x')).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['name', 'format', 'n'],
      properties: {
        name: { type: 'string', description: 'Who. 2 to 9 characters.' },
        format: { type: 'string', enum: ['a'] },
        n: { anyOf: [{ type: 'number', minimum: 0 }, { type: 'null' }] },
      },
    })
    expect(Object.keys(strictSchema(ModelAnswer, 'answer')['properties'] as object)).toContain('stance')
  })

  it.each([
    [z.object({ a: z.string().optional() }), 'x.a is optional'],
    [z.object({ a: z.looseObject({}) }), 'x.a takes any keys'],
    [z.object({ a: z.record(z.string(), z.number()) }), 'x.a uses propertyNames'],
    [z.object({ a: z.url() }), 'x.a uses the format uri'],
    [
      z.object({ a: z.discriminatedUnion('k', [z.object({ k: z.literal('b') }), z.object({ k: z.literal('c') })]) }),
      'x.a uses oneOf',
    ],
    [z.string(), 'x is no object'],
  ])('refuses what the vendor would refuse (%#)', (schema, sentence) => {
    expect(() => strictSchema(schema, 'x')).toThrow(sentence)
  })
})

describe('what a model says', () => {
  const Form = z.strictObject({ a: z.number() })
  it.each([
    '{"a":1}',
    ' {"a":1}\n',
    '```json\n{"a":1}\n```',
    'Sure:\n```\n{"a": 1}\n```\nDone.',
    '<think>{?}</think>{"a":1}',
    'It is {"a":1}.',
  ])('is read out of %j', (text) => expect(readAnswer(text, Form)).toMatchObject({ ok: true, answer: { a: 1 } }))
  it.each([
    ['', 'broken'],
    ['{"a":', 'broken'],
    ['no', 'broken'],
    ['{"a":"1"}', 'invalid'],
    ['[1]', 'invalid'],
    ['{"a":1,"b":2}', 'invalid'],
  ])('names the fault of %j', (text, ending) => expect(readAnswer(text, Form)).toMatchObject({ ok: false, ending }))
  it('is understood without throwing, whatever a server sends', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.integer({ min: 200, max: 599 }), (text, status) => {
        expect(understood({ status, headers: new Headers(), text }, 0).ending).not.toBe('answered')
      }),
    )
  })
})
