import { ResponseSerializationError, serializerCompiler } from 'fastify-type-provider-zod'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { endpoints } from '@pumpiq/api'
import { allEndpoints } from './bind.ts'
import { createSampleMarket } from './sample-market.ts'
import { isTwoWay, serialise } from './serialise.ts'

const at = (schema: z.ZodType) => ({ schema, method: 'GET', url: '/', httpStatus: '200' })

const day = z.codec(z.iso.date(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString().slice(0, 10),
})

describe('a reply', () => {
  it('is of a schema that takes and gives the same, everywhere in the table', () => {
    const all = allEndpoints().flatMap(({ resource, verb, endpoint: { reply, accepts } }) =>
      [reply, ...(accepts ? [accepts] : [])].map((schema) => ({ of: `${resource}.${verb}`, schema })),
    )
    expect(all.length).toBeGreaterThan(100)
    expect(all.filter(({ schema }) => !isTwoWay(schema)).map(({ of }) => of)).toEqual([])
  })

  it('is written as zod writes it, and holds nothing that its schema does not name', () => {
    const { recommendations } = createSampleMarket({ now: Date.UTC(2026, 0, 5, 12) })
    const { reply } = endpoints.recommendations.one
    expect(recommendations.length).toBeGreaterThan(0)
    for (const document of recommendations) {
      const told = { ...document, secret: 'never sent', seal: { ...document.seal, secret: 'never sent' } }
      expect(serialise(at(reply))(told)).toBe(serializerCompiler(at(reply))(told))
      expect(serialise(at(reply))(told)).not.toContain('never sent')
    }
  })

  it('that is not in the promised shape, however deep, is refused as zod refuses it', () => {
    const schema = z.object({ items: z.array(z.object({ share: z.number().min(0).max(1) })) })
    const bad = { items: [{ share: 0.5 }, { share: 2 }] }
    for (const write of [serialise(at(schema)), serializerCompiler(at(schema))]) {
      expect(() => write(bad)).toThrow(ResponseSerializationError)
      expect(() => write({ items: [{}] })).toThrow(ResponseSerializationError)
    }
  })

  it.each([
    ['a codec', z.object({ on: z.nullable(day) }), { on: new Date('2026-01-05') }, '{"on":"2026-01-05"}'],
    ['a default', z.object({ a: z.array(z.string().default('x')) }), { a: ['y'] }, '{"a":["y"]}'],
    [
      'what leads to itself',
      z.object({
        get own() {
          return z.optional(z.lazy(() => z.object({ day })))
        },
      }),
      { own: { day: new Date('2026-01-05') } },
      '{"own":{"day":"2026-01-05"}}',
    ],
  ] as const)('with %s within is written in the direction of writing', (_, schema, document, text) => {
    expect(isTwoWay(schema)).toBe(false)
    expect(serialise(at(schema))(document)).toBe(text)
  })

  it('of a schema that holds itself is looked through once', () => {
    const node = z.object({
      name: z.string(),
      get below() {
        return z.array(node)
      },
    })
    expect(isTwoWay(node)).toBe(true)
    expect(serialise(at(node))({ name: 'a', below: [{ name: 'b', below: [], secret: 1 }] })).toBe(
      '{"name":"a","below":[{"name":"b","below":[]}]}',
    )
  })
})
