import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { headerLine, readCsv, writeLine } from './portfolio-csv.ts'

const cells = { at: '2026-01-02T00:00:00.000Z', token: 'BTC', kind: 'buy', quantity: '1', price_usd: '10' }
const line = (given: Partial<Record<'note' | 'ref' | 'fee_usd' | keyof typeof cells, string>>) =>
  writeLine({ fee_usd: null, note: null, ref: null, ...cells, ...given })

describe('a file of transactions', () => {
  it('comes back as it was written, whatever its notes say', () => {
    const note = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }).filter((text) => !/\p{Cc}/u.test(text))
    const first = fc.constantFrom('', '=', '+', '-', '@', "'", "'=", "''+", '"', ',')
    fc.assert(
      fc.property(first, note, (start, rest) => {
        const text = `${start}${rest}`.trim()
        fc.pre(text !== '')
        const { read, faults } = readCsv(`${headerLine}\r\n${line({ note: text })}\r\n`)
        expect(faults).toEqual([])
        expect(read[0]).toMatchObject({ line: 2, token: 'BTC', quantity: '1', priceUsd: '10', note: text })
      }),
      { numRuns: 2_000 },
    )
  })

  it('holds nothing that a spreadsheet takes for a formula', () => {
    for (const note of ['=HYPERLINK("https://evil.example")', '+1', '-2+3', '@SUM(A1)'])
      expect(line({ note, ref: note })).not.toMatch(/(^|,)"?[=+\-@]/)
  })

  it('is read with its columns in any order, quotes, line ends of any kind and a mark of bytes', () => {
    const text =
      '\uFEFFKind,quantity,token,at,note\r\nBuy,1,"BTC",2026-01-02,"a ""b"",\nc"\rsell,2,ETH,2026-01-03T04:05:06Z,\n\n'
    const { read, lines, faults } = readCsv(text)
    expect(lines).toBe(2)
    expect(faults).toEqual([{ line: 2, why: 'note: must be text without control characters' }])
    expect(read).toEqual([{ line: 4, kind: 'sell', quantity: '2', token: 'ETH', at: '2026-01-03T04:05:06.000Z' }])
  })

  it.each([
    ['', 'the file is empty'],
    ['at,token,kind\n', 'the file lacks the columns quantity'],
    ['at,token,kind,quantity,colour\n', 'there is no column "colour"'],
    ['at,token,kind,quantity,at\n', 'the column at stands there twice'],
    ['at,token,kind,quantity\n2026-01-02,"BTC,buy,1\n', 'line 2: a quote is opened and not closed'],
    ['at,token,kind,quantity\n2026-01-02,"BTC"x,buy,1\n', 'line 2: behind the end of a quote'],
  ])('that is no table is refused: %j', (text, why) => expect(() => readCsv(text)).toThrow(why))

  it.each([
    ['2026-01-02,BTC,buy', 'has 3 cells, and the header names 5'],
    ['2026-13-02,BTC,buy,1,1', 'at must be an ISO 8601 instant'],
    [',BTC,buy,1,1', 'at is missing'],
    ['2026-01-02,,buy,1,1', 'token is missing'],
    ['2026-01-02,BTC,swap,1,1', 'kind: Invalid option'],
    ['2026-01-02,BTC,buy,0,1', 'quantity: must be above 0'],
    ['2026-01-02,BTC,buy,1e9,1', 'quantity: must be a decimal number'],
    ['2026-01-02,BTC,buy,"1,5",1', 'quantity: must be a decimal number'],
    ['2026-01-02,BTC,buy,1,-1', 'price_usd: must be a decimal number'],
    ['2026-01-02,BTC,buy,1,NaN', 'price_usd: must be a decimal number'],
  ])('names what is wrong with a line: %s', (row, why) => {
    const { faults, read } = readCsv(`at,token,kind,quantity,price_usd\n${row}\n`)
    expect(read).toEqual([])
    expect(faults).toEqual([{ line: 2, why: expect.stringContaining(why) }])
  })

  it('of many thousand quotes and commas is read in one go', () => {
    const text = `${headerLine}\n${'"",'.repeat(300_000)}`
    expect(readCsv(text).faults).toHaveLength(1)
  })
})
