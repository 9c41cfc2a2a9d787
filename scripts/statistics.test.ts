import { expect, it } from 'vitest'
import { longFunctions, showSizes, sizesOf } from './statistics.ts'

const report = JSON.stringify({
  diagnostics: [
    { filename: 'packages/a.ts', message: 'The function `small` has too many lines (41). Maximum allowed is 40.' },
    { filename: 'packages/a.test.ts', message: 'The function has too many lines (300). Maximum allowed is 40.' },
    { filename: 'packages/b.ts', message: 'The arrow function has too many lines (90). Maximum allowed is 40.' },
  ],
})

it('counts sources and tests apart and puts the longest first', () => {
  const long = { path: 'packages/long.ts', text: 'x\n'.repeat(201) }
  const sizes = sizesOf(
    [long, { path: 'packages/a.ts', text: 'x\ny\n' }, { path: 'packages/a.test.ts', text: 'z' }],
    longFunctions(report),
  )
  expect(sizes).toEqual({
    files: 2,
    lines: 203,
    testFiles: 1,
    testLines: 1,
    longFiles: [{ what: 'packages/long.ts', lines: 201 }],
    longFunctions: [
      { what: 'a function without a name (packages/b.ts)', lines: 90 },
      { what: 'small (packages/a.ts)', lines: 41 },
    ],
  })
  expect(showSizes(sizes)).toContain('2 source files with 203 lines, 1 test files with 1 lines')
})
