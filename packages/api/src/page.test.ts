import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { Cursor, CursorInstant, CursorText, decodeCursor, encodeCursor } from './page.ts'

const Position = z.object({ at: z.number(), id: z.string() })

it('a cursor comes back as the position it was made from, and is safe in a URL', () => {
  fc.assert(
    fc.property(fc.record({ at: fc.integer(), id: fc.string({ unit: 'binary', maxLength: 60 }) }), (position) => {
      const cursor = encodeCursor(position)
      expect(cursor).toMatch(/^[\w-]+$/)
      expect(decodeCursor(Position, cursor)).toEqual(position)
    }),
  )
})

it('what is not a cursor of ours is refused as invalid, never read as one', () => {
  for (const bad of ['x', '%%%', 'e30', encodeCursor({ at: 'now', id: 'a' }), encodeCursor(null), '_w']) {
    expect(Cursor.safeParse(bad).success).toBe(true)
    expect(() => decodeCursor(Position, bad)).toThrow(expect.objectContaining({ code: 'invalid' }) as Error)
  }
})

it('a cursor that somebody wrote himself asks no database for what it cannot read', () => {
  const Written = z.object({ at: CursorInstant, id: CursorText })
  const good = { at: Date.UTC(2026, 0, 5), id: 'bitcoin:native' }
  expect(decodeCursor(Written, encodeCursor(good))).toEqual(good)
  for (const bad of [
    { at: Date.UTC(10_000, 0) },
    { at: 8.64e15 },
    { at: -1 },
    { at: 1.5 },
    { id: '\0' },
    { id: 'a\0b' },
  ])
    expect(() => decodeCursor(Written, encodeCursor({ ...good, ...bad }))).toThrow(/not one of ours/)
})
