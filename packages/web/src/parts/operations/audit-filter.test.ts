import { expect, it } from 'vitest'
import { auditFilterOf, searchOf } from './audit-filter.ts'

const chosen = {
  user: '0192f000-0000-7000-8000-000000000001',
  operation: 'accounts.changeUser',
  target: 'local',
  outcome: 'refused',
  from: '2026-06-01T00:00:00.000Z',
} as const

it('an address says what is chosen, there and back', () => {
  expect(auditFilterOf(searchOf(chosen))).toEqual(chosen)
  expect(searchOf({})).toBe('')
})

it('what the server would refuse is left out of it', () => {
  expect(auditFilterOf('?user=a%20b&operation=&outcome=lost&from=yesterday&target=x%0Ay&more=1')).toEqual({})
  expect(auditFilterOf('?outcome=done&to=2026-13-40T00:00:00Z')).toEqual({ outcome: 'done' })
})
