import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('quotes what would end a cell, and writes figures as they are', () => {
  expect(csvOf([['a,b', 'say "no"', 'two\nlines', -1.08, null, 0]])).toBe(
    '"a,b","say ""no""","two\nlines",-1.08,,0\r\n',
  )
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =HYPERLINK("x")', '＝1'])(
  'leaves no formula in %j',
  (text) => {
    const [cell = ''] = csvOf([[text]]).split('\r\n')
    expect(cell.replace(/^"/, '').startsWith("'")).toBe(true)
  },
)
