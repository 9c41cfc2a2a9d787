import { Failure } from '@pumpiq/domain'
import { z } from 'zod'

export type JsonSchema = { readonly [key: string]: unknown }

/** What strict structured outputs refuse; a schema that needs one of these is a bug of whoever wrote it. */
const refused = [
  'oneOf',
  'allOf',
  'not',
  'if',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
  'propertyNames',
  'prefixItems',
  'uniqueItems',
  'contains',
  'minProperties',
  'maxProperties',
]
const formats = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'])

/**
 * The JSON Schema that is sent: objects closed and with every key required, as the vendor demands. Lengths of strings are told in the
 * description instead, and defaults left out: both are checked here when the answer comes. Throws (broken) for what cannot be said.
 */
export function strictSchema(schema: z.ZodType, name: string): JsonSchema {
  if (!/^[\w-]{1,64}$/.test(name)) throw broken(name, 'has a name of other than 1 to 64 letters, digits, _ and -')
  const made = z.toJSONSchema(schema, { target: 'draft-7' }) as JsonSchema
  if (made['type'] !== 'object') throw broken(name, 'is no object')
  const { $schema: _, ...root } = made
  return strict(root, name) as JsonSchema
}

const broken = (path: string, why: string): Failure => new Failure('broken', `the schema ${path} ${why}`)

function strict(node: unknown, path: string): unknown {
  if (Array.isArray(node)) return node.map((item, i) => strict(item, `${path}[${i}]`))
  if (typeof node !== 'object' || node === null) return node
  const bad = refused.find((key) => key in node)
  if (bad !== undefined) throw broken(path, `uses ${bad}, which strict structured outputs refuse`)
  const { maxLength, minLength, default: _, properties, enum: values, const: value, ...rest } = node as JsonSchema
  checkObject(node as JsonSchema, path)
  if (typeof rest['format'] === 'string' && !formats.has(rest['format']))
    throw broken(path, `uses the format ${rest['format']}, which strict structured outputs refuse`)
  const description = [rest['description'], lengths(minLength, maxLength)].filter(Boolean).join(' ')
  return {
    ...Object.fromEntries(
      Object.entries(rest).map(([key, child]) => [key, key === 'required' ? child : strict(child, `${path}.${key}`)]),
    ),
    ...(description !== '' && { description }),
    ...(values !== undefined && { enum: values }),
    ...(value !== undefined && { const: value }),
    ...(properties !== undefined && { properties: named(properties as JsonSchema, path) }),
  }
}

/** Names of properties are the schema's own, whatever they are. */
const named = (properties: JsonSchema, path: string): JsonSchema =>
  Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, strict(child, `${path}.${key}`)]))

function checkObject(node: JsonSchema, path: string): void {
  if (node['type'] !== 'object') return
  const required = new Set((node['required'] as string[] | undefined) ?? [])
  const optional = Object.keys((node['properties'] as JsonSchema | undefined) ?? {}).filter((key) => !required.has(key))
  if (optional.length > 0) throw broken(`${path}.${optional[0]}`, 'is optional: let it be null instead')
  if (node['additionalProperties'] !== false) throw broken(path, 'takes any keys: close the object')
}

function lengths(least: unknown, most: unknown): string | null {
  const from = typeof least === 'number' && least > 0 ? least : null
  if (typeof most !== 'number') return from === null ? null : `At least ${from} characters.`
  return from === null ? `At most ${most} characters.` : `${from} to ${most} characters.`
}
