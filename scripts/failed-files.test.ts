import { expect, it } from 'vitest'
import { failedFiles } from './failed-files.mjs'

const file = (name: string, status: string) => ({ name, status })

it('names the files that failed, where they are few', () => {
  expect(failedFiles({ testResults: [file('a', 'passed'), file('b', 'failed')] })).toEqual(['b'])
  expect(failedFiles({ testResults: [file('a', 'failed'), file('b', 'failed')] })).toEqual(['a', 'b'])
})

it('names none where nothing failed, many did, or nothing is known', () => {
  expect(failedFiles({ testResults: [file('a', 'passed')] })).toEqual([])
  expect(failedFiles({ testResults: ['a', 'b', 'c'].map((name) => file(name, 'failed')) })).toEqual([])
  expect(failedFiles({})).toEqual([])
})
