import { expect, it } from 'vitest'
import { isAway } from './away.ts'

const coded = (code: string) => Object.assign(new Error('x'), { code })

it.each([
  coded('ECONNRESET'),
  coded('ECONNREFUSED'),
  coded('08006'),
  coded('57P01'),
  coded('53300'),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout exceeded when trying to connect'),
  new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]),
])('the database is away: %s', (thrown) => {
  expect(isAway(thrown)).toBe(true)
})

it.each([
  coded('23505'),
  coded('42601'),
  coded('57014'),
  new Error('Connection'),
  new TypeError('x'),
  'ECONNRESET',
  null,
])('the query, or we, are wrong: %s', (thrown) => {
  expect(isAway(thrown)).toBe(false)
})
