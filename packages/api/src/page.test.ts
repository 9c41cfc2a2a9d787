import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { Cursor, decodeCursor, encodeCursor } from './page.ts'

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
