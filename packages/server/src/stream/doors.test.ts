import { expect, it } from 'vitest'
import { createDoors } from './doors.ts'

it('no more are let in than there is room for, of one address or in all, and who leaves twice leaves once', () => {
  const { enter } = createDoors({ inAll: 3, ofOne: 2 })
  const first = enter('a')
  enter('a')
  expect(() => enter('a')).toThrow(/of your address are open/)
  enter('b')
  expect(() => enter('c')).toThrow(/3 streams are open here/)
  first()
  first()
  enter('c')
  expect(() => enter('d')).toThrow(expect.objectContaining({ code: 'tooMany', retryAfterMs: 10_000 }))
})
