import { expect, it } from 'vitest'
import { countTests } from './count-tests.mjs'

const test = (status: string, fullName = status) => ({ status, fullName })

it('sums what passed, failed and was skipped over all runs, and names what was skipped', () => {
  const one = {
    testResults: [{ status: 'passed', assertionResults: [test('passed'), test('pending', 'needs PostgreSQL')] }],
  }
  const two = {
    testResults: [{ status: 'failed', assertionResults: [test('passed'), test('failed'), test('todo', 'later')] }],
  }
  expect(countTests([one, two])).toEqual({
    passed: 2,
    failed: 1,
    skipped: 2,
    skippedNames: ['needs PostgreSQL', 'later'],
  })
})

it('counts a file that did not load and a run without a report or tests as failures', () => {
  expect(countTests([{ testResults: [{ status: 'failed', assertionResults: [] }] }, {}])).toMatchObject({
    passed: 0,
    failed: 2,
  })
})

it('believes the last report of a file that was asked twice', () => {
  const file = (status: string) => ({ name: 'a.test.ts', status, assertionResults: [{ status }] })
  expect(countTests([{ testResults: [file('failed')] }, { testResults: [file('passed')] }])).toMatchObject({
    passed: 1,
    failed: 0,
  })
  expect(countTests([{ testResults: [file('passed')] }, { testResults: [file('failed')] }])).toMatchObject({
    passed: 0,
    failed: 1,
  })
})
