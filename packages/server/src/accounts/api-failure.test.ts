import { expect, it } from 'vitest'
import { asking } from './api-failure.ts'

const fromDatabase = (code: string) => Object.assign(new Error('refused'), { code })

it.each([
  ['23503', 'unauthenticated'],
  ['23505', 'conflict'],
] as const)(
  'what the database refuses with %s, since others did something meanwhile, is a failure %s',
  async (code, told) => {
    await expect(asking(Promise.reject(fromDatabase(code)))).rejects.toMatchObject({ name: 'Failure', code: told })
  },
)

it('anything else that is thrown stays what it is', async () => {
  const thrown = fromDatabase('42P01')
  await expect(asking(Promise.reject(thrown))).rejects.toBe(thrown)
})
