import { z } from 'zod'

/**
 * A backup is gzip of JSON lines: a header; for each table its mark and its rows, in the order of the primary key (texts by code point), as
 * arrays of the values' texts in PostgreSQL's own notation or null; an end with the count and the SHA-256 of each table's row lines, line
 * feeds included, and the SHA-256 of every line before it.
 */
export const formatVersion = 1

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/)

const Named = z.object({ format: z.literal('pumpiq-backup'), version: z.number() })
export const Header = z.strictObject({
  format: z.literal('pumpiq-backup'),
  version: z.literal(formatVersion),
  /** The newest migration of the database it was made from. */
  schema: z.string().regex(/^\d{4}-[a-z0-9-]+$/),
  label: z.enum(['live', 'simulated']),
  madeAt: z.iso.datetime(),
  /** Version of the program that made it. */
  engine: z.string(),
  tables: z.array(z.strictObject({ name, columns: z.array(name).min(1) })).min(1),
  /** `table.column` to the last number that was given; null: none yet. */
  sequences: z.record(
    z.string().regex(/^[a-z0-9_]+\.[a-z0-9_]+$/),
    z
      .string()
      .regex(/^\d{1,19}$/)
      .nullable(),
  ),
})
export type Header = z.infer<typeof Header>

export const Mark = z.strictObject({ table: name })

/** What a table holds: compared after a restore with what the database then says. */
export const Sum = z.strictObject({ rows: z.number().int().nonnegative(), sha256: hash })
export type Sum = z.infer<typeof Sum>
export const End = z.strictObject({ end: z.strictObject({ tables: z.record(name, Sum), sha256: hash }) })

/** Whether it is a backup of another version of the format, which is told differently from what is none. */
export const versionOf = (value: unknown): number | null => Named.safeParse(value).data?.version ?? null

export const Row = z.array(z.string().nullable())
