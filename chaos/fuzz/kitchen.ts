import type { People } from './people.ts'
import { oneOf, type Random, type Seen } from './values.ts'

/** A question that is good, as far as what was seen allows: what only somebody can ask who knows what went before. */
export type Recipe = {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** What is different when it was answered well. */
  readonly done?: (answer: Readonly<Record<string, unknown>>) => void
  /** Once it was answered, however. */
  readonly over?: () => void
}
/** What recipes are made with. */
export type Kitchen = { readonly seen: Seen; readonly people: People; readonly random: Random }
/** Null: there is nothing yet that it could be asked of. */
export type Cook = (kitchen: Kitchen) => Recipe | null | Promise<Recipe | null>

/** One of what was seen; null where nothing was. */
export const one = ({ seen, random }: Kitchen, pool: string): string | null => {
  const texts = seen.get(pool) ?? []
  return texts.length > 0 ? oneOf(random, texts) : null
}
