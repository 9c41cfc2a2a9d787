import { z } from 'zod'
import { Failure } from '@pumpiq/domain'

/** A cursor is opaque to who holds it: what the store needs to go on, as base64url of JSON. It names no row, so nothing is lost when one is gone. */
export const Cursor = z.string().min(1).max(512)

export function encodeCursor(position: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(position))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The position a cursor of ours says; anything else is refused as `invalid`. */
export function decodeCursor<T>(position: z.ZodType<T>, cursor: string): T {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
    return position.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch (cause) {
    throw new Failure(
      'invalid',
      `cursor ${JSON.stringify(cursor.slice(0, 40))} is not one of ours: pass \`next\` of the page before as it came, or nothing`,
      { cause },
    )
  }
}

/** What positions are made of. An instant that a database keeps, and a text that it may be asked for: whoever asks can write cursors of his own. */
export const CursorInstant = z
  .int()
  .min(0)
  .max(Date.UTC(9999, 11, 31))
export const CursorText = z
  .string()
  .max(300)
  .refine((text) => !text.includes('\0'))

/** One page of a list; `next` is null on the last. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null }

/** Some of a choice, with commas between: `a,b`. */
export const listed = <Choice extends z.ZodType<string>>(choice: Choice) =>
  z
    .string()
    .max(200)
    .transform((text, context): z.output<Choice>[] => {
      const said = z.array(choice).safeParse([...new Set(text.split(',').map((word) => word.trim()))])
      if (said.success) return said.data
      context.addIssue({ code: 'custom', message: said.error.issues[0]!.message })
      return z.NEVER
    })

/** The two every list takes. */
export const paging = (most: number, usual: number) => ({
  cursor: Cursor.optional(),
  limit: z.coerce.number<number>().int().min(1).max(most).default(usual),
})
