import type { Recipe } from './kitchen.ts'
import { hostile, oneOf, valueOf, type Random, type Schema, type Seen } from './values.ts'

export type Parameter = {
  readonly in: 'query' | 'path' | 'header'
  readonly name: string
  readonly required?: boolean
  readonly schema: Schema
}
export type Operation = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: Schema | null
  /** By status as the document says it (`200`, `4XX`), then by media type. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

type Told = {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: unknown }>> }>
  >
}
export type OpenApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Told>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

/** A schema with what it refers to in its place; what refers to itself ends in anything. */
function resolved(schema: Schema, document: OpenApi, depth = 0): Schema {
  if (depth > 12) return {}
  const { $ref } = schema
  if ($ref) {
    const named = document.components?.schemas?.[$ref.split('/').at(-1)!]
    return named ? resolved(named, document, depth + 1) : {}
  }
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (Array.isArray(value) && ['anyOf', 'oneOf', 'allOf'].includes(key))
      return [key, (value as Schema[]).map((one) => resolved(one, document, depth + 1))]
    if (key === 'items') return [key, resolved(value as Schema, document, depth + 1)]
    if (key !== 'properties') return [key, value]
    const inner = Object.entries(value as Record<string, Schema>)
    return [key, Object.fromEntries(inner.map(([name, one]) => [name, resolved(one, document, depth + 1)]))]
  })
  return Object.fromEntries(entries)
}

/** Every operation of the document. */
export const operationsOf = (document: OpenApi): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => {
      const body = Object.values(told.requestBody?.content ?? {})[0]?.schema
      return {
        id: told.operationId,
        method: method.toUpperCase(),
        path,
        parameters: (told.parameters ?? []).map((one) => ({ ...one, schema: resolved(one.schema, document) })),
        body: body ? resolved(body, document) : null,
        answers: Object.fromEntries(
          Object.entries(told.responses).map(([status, { content = {} }]) => [
            status,
            Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, schema])),
          ]),
        ),
      }
    }),
  )

export type Question = {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** One field, anywhere in a value, that is not what it should be. */
function spoilt(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.2) return oneOf(random, hostile)
  const names = Object.keys(value)
  if (Array.isArray(value))
    return value.length === 0 ? hostile : value.map((one: unknown) => (random() < 0.5 ? spoilt(one, random) : one))
  if (random() < 0.2)
    return { ...value, [oneOf(random, ['extra', 'isAdmin', 'role', 'userId', '__proto__x'])]: oneOf(random, hostile) }
  if (names.length === 0) return { unknown: oneOf(random, hostile) }
  const name = oneOf(random, names)
  return { ...value, [name]: spoilt((value as Record<string, unknown>)[name], random) }
}

const rawBodies = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '1e999',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"a":1,"a":2}',
  '\u0000',
  '['.repeat(20_000),
  '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000),
  'x'.repeat(70_000),
  // What a regular expression may go over again and again, just below the limit.
  ...['x', '1', ' ', '.', '-', '/', 'a:', 'a@', '\\\\', '[{'].flatMap((part) =>
    ['token', 'email', 'name', 'csv'].map((name) => JSON.stringify({ [name]: part.repeat(60_000 / part.length) })),
  ),
  `{"token":"${'y'.repeat(60_000)}"}`,
]

const textOfParameter = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  {},
  { prefer: 'respond-async' },
  { prefer: 'wait=0' },
  { prefer: 'wait=1e9, respond-async; x="' },
  { 'if-none-match': '*' },
  { 'if-none-match': '"a", W/"b"' },
  { 'idempotency-key': 'k'.repeat(300) },
  { 'idempotency-key': 'the same one' },
  { accept: 'text/html' },
  { 'accept-encoding': 'br;q=NaN' },
  { origin: 'https://evil.example' },
  { traceparent: '00-00000000000000000000000000000000-0000000000000000-00' },
  { 'x-request-id': '<script>' },
  { range: 'bytes=0-1' },
  { cookie: 'a='.repeat(500) },
]

/** The place that a path's parameters are of: what is listed there, may be named in it. */
export const placeOf = (path: string, parameter: string): string =>
  path.split(`/{${parameter}}`)[0]!.replace(/^\/api\/v1/, '')

/** A question by its recipe: good as far as it goes, and the least besides. */
export function cookedOf({ method, path, body }: Operation, recipe: Recipe): Question {
  const filled = Object.entries(recipe.path ?? {}).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(value)),
    path,
  )
  const query = new URLSearchParams(recipe.query).toString()
  const headers = { ...(body && { 'content-type': 'application/json' }), ...recipe.headers }
  if (!body) delete (headers as Record<string, string>)['content-type']
  return {
    url: query ? `${filled}?${query}` : filled,
    method,
    headers,
    body: body ? JSON.stringify(recipe.body ?? {}) : null,
  }
}

/** A question of an operation: mostly as the document allows, often spoilt in one place, sometimes not even JSON. */
export function questionOf(operation: Operation, seen: Seen, random: Random): Question {
  const chance = random()
  const spoil = (value: unknown) => (chance > 0.55 && random() < 0.4 ? spoilt(value, random) : value)
  const [of = ''] = operation.id.split('.')
  let path = operation.path
  const query = new URLSearchParams()
  /** Of many wishes at once hardly ever all are good. */
  const wishes = oneOf(random, [0.1, 0.5, 0.9])
  for (const { in: where, name, schema, required } of operation.parameters) {
    const from = where === 'path' ? `${placeOf(operation.path, name)} ${name}` : null
    const value = spoil(valueOf(schema, { seen, of, name, from }, random))
    if (where === 'path') path = path.replace(`{${name}}`, segment(textOfParameter(value), random))
    if (where === 'query' && random() < (required ? 0.95 : wishes)) query.append(name, sound(textOfParameter(value)))
    if (where === 'query' && random() < 0.02) query.append(name, sound(textOfParameter(value)))
  }
  if (random() < 0.03) query.append(oneOf(random, ['extra', '__proto__', 'limit[]', 'a[b]', '']), 'x')
  const asked = query.size > 0 ? `?${query.toString()}` : ''
  const url = `${path}${asked}`
  const headers = oneOf(random, oddHeaders)
  if (!operation.body) return { url, method: operation.method, headers, body: null }
  const body =
    chance > 0.92
      ? oneOf(random, rawBodies)
      : JSON.stringify(spoil(valueOf(operation.body, { seen, of, name: '', from: null }, random)))
  const type =
    random() < 0.97 ? 'application/json' : oneOf(random, ['text/plain', 'application/xml', 'multipart/form-data'])
  return { url, method: operation.method, headers: { ...headers, 'content-type': type }, body }
}

/** Lone halves of a pair have no UTF-8. */
const sound = (text: string): string => text.toWellFormed()

const segment = (text: string, random: Random): string => {
  const written = encodeURIComponent(sound(text).slice(0, 400))
  return written === '' ? (random() < 0.5 ? '%20' : 'x') : written
}
