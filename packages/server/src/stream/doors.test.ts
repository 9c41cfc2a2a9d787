import { expect, it } from 'vitest'
import { nobody } from '@pumpiq/api'
import { tierLimits } from '@pumpiq/domain'
import { createDoors } from './doors.ts'

it('no more are let in than there is room for, of one address or in all, and who leaves twice leaves once', () => {
  const { enter } = createDoors({ inAll: 3, ofOne: 2 })
  const first = enter(nobody, 'a')
  enter(nobody, 'a')
  expect(() => enter(nobody, 'a')).toThrow(/of your address are open/)
  enter(nobody, 'b')
  expect(() => enter(nobody, 'c')).toThrow(/3 streams are open here/)
  first()
  first()
  enter(nobody, 'c')
  expect(() => enter(nobody, 'd')).toThrow(expect.objectContaining({ code: 'tooMany', retryAfterMs: 10_000 }))
})

it('who has signed in has as many as his tier, from wherever he comes, and takes none of his address', () => {
  const { enter } = createDoors({ inAll: 100, ofOne: 1 })
  const ann = { userId: 'ann', tier: 'free' } as const
  const leave = Array.from({ length: tierLimits.free.streams }, (_, i) => enter(ann, `10.0.0.${i}`))
  expect(() => enter(ann, '10.0.0.9')).toThrow(/of yours, which are all that the tier free has/)
  enter(nobody, '10.0.0.1')
  leave[0]!()
  enter(ann, '10.0.0.9')
})
