import { ResponseSerializationError, serializerCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'

/** Schemas that take and give the same, so that reading by them and writing by them are one. */
const twoWay: ReadonlySet<string> = new Set([
  'any',
  'array',
  'boolean',
  'custom',
  'enum',
  'intersection',
  'lazy',
  'literal',
  'never',
  'null',
  'nullable',
  'number',
  'object',
  'optional',
  'record',
  'string',
  'template_literal',
  'tuple',
  'union',
  'unknown',
])

/**
 * The bytes' text of a reply, by its schema. zod's way of writing looks twice at whatever bears a check, once for each level of it, since a
 * codec might stand below; where none does, as in all replies of the table, reading finds the same faults and the same fields in half the time.
 */
export const serialise: typeof serializerCompiler = (route) => {
  const { schema: named, method, url } = route
  const schema = isSchema(named) ? named : 'properties' in named ? named.properties : null
  if (!(schema instanceof z.ZodType) || !isTwoWay(schema)) return serializerCompiler(route)
  return (document: unknown) => {
    const { error, data } = schema.safeParse(document)
    if (error) throw new ResponseSerializationError(method, url, { cause: error })
    return JSON.stringify(data)
  }
}

/** Whether nothing in it gives another value in one direction than in the other. */
export function isTwoWay(schema: z.core.$ZodType, seen = new Set<z.core.$ZodType>()): boolean {
  if (seen.has(schema)) return true
  seen.add(schema)
  return (
    schema instanceof z.ZodType && twoWay.has(schema.def.type) && partsOf(schema).every((part) => isTwoWay(part, seen))
  )
}

/** The schemas that a schema is made of; its checks are asked alike in both directions. */
function partsOf(schema: z.ZodType): z.core.$ZodType[] {
  const { checks: _, ...def } = schema.def as unknown as Record<string, unknown>
  const parts = def['type'] === 'lazy' ? [(def['getter'] as () => unknown)()] : Object.values(def)
  return parts.flatMap((part) => (isSchema(part) ? [part] : isRecord(part) ? Object.values(part).filter(isSchema) : []))
}

const isSchema = (value: unknown): value is z.core.$ZodType => value instanceof z.core.$ZodType

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
