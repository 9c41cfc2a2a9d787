import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../platform/random.ts'
import type { Verdict } from './fault.ts'
import { firstPrevHash, lineOf, seal, type Head, type Sealed } from './seal.ts'
import { verifyExport } from './verify.ts'

/** Bodies with all that JSON has: escapes, digits, nesting, text beyond ASCII, the replacement character. */
const bodyOf = (n: number) => ({
  kind: n % 3 === 0 ? 'outcome' : 'recommendation',
  id: `0192f0c1-0000-7000-8000-${String(n).padStart(12, '0')}`,
  symbol: 'BTC "quoted" \\ back\tslash \u0001 \u2028',
  reasoning: `Ünïcödé 漢字 🚀 \ufffd ${'text '.repeat(n % 7)}`,
  price: { value: '0.000000001234', ageMs: n * 1.5, tiny: 1e-9, big: 123456789012345680000 },
  factors: [{ weight: 0.25, evidence: ['tech.rsi14', 'tech.atr14'] }, null, true, [], {}],
})

function chain(length: number, make: (n: number) => unknown = bodyOf): Sealed[] {
  const records: Sealed[] = []
  for (let n = 1; n <= length; n++) records.push(seal(records.at(-1) ?? null, make(n)))
  return records
}

const textOf = (records: readonly Sealed[]) => records.map((record) => `${lineOf(record)}\n`).join('')
const headOf = (records: readonly Sealed[]): Head => ({ seq: records.length, hash: records.at(-1)!.hash })
const verify = (text: string | Uint8Array, head?: Head) => verifyExport([text], head ? { head } : {})
const named = ({ faults }: Verdict) => faults.map(({ line, seq, what }) => ({ line, seq, what }))

const records = chain(12)
const lines = records.map(lineOf)
const joined = (altered: readonly string[]) => altered.map((line) => `${line}\n`).join('')

describe('an export that was not touched', () => {
  it('verifies, with its count and head, in chunks of any size', async () => {
    const bytes = Buffer.from(textOf(records))
    for (const size of [1, 7, 1000, bytes.length]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      expect(await verifyExport(chunks, { head: headOf(records) })).toEqual({
        ok: true,
        count: 12,
        withheld: 0,
        head: headOf(records),
        faults: [],
        faultCount: 0,
      })
    }
  })

  it('verifies when it is empty', async () => {
    expect(await verify('')).toMatchObject({ ok: true, count: 0, head: null })
  })
})

describe('one altered thing is named for what it is', () => {
  const withLine = (n: number, alter: (line: string) => string) =>
    joined(lines.map((line, i) => (i === n - 1 ? alter(line) : line)))
  const other = 'f'.repeat(64)

  it.each([
    [
      'a digit in the body',
      withLine(5, (line) => line.replace('0.000000001234', '0.000000001235')),
      { line: 5, seq: 5, what: 'altered body' },
    ],
    [
      'a letter inside an escape',
      withLine(5, (line) => line.replace('\\t', '\\n')),
      { line: 5, seq: 5, what: 'altered body' },
    ],
    [
      'the hash',
      withLine(5, (line) => line.replace(records[4]!.hash, other)),
      { line: 5, seq: 5, what: 'altered hash' },
    ],
    [
      'one digit of the hash made upper case',
      withLine(5, (line) => line.replace(records[4]!.hash, records[4]!.hash.toUpperCase())),
      { line: 5, seq: 5, what: 'altered hash' },
    ],
    [
      'the prevHash',
      withLine(5, (line) => line.replace(records[3]!.hash, other)),
      { line: 5, seq: 5, what: 'altered prevHash' },
    ],
    [
      'the first prevHash',
      withLine(1, (line) => line.replace(firstPrevHash, other)),
      { line: 1, seq: 1, what: 'altered prevHash' },
    ],
    ['the number', withLine(5, (line) => line.replace('"seq":5', '"seq":7')), { line: 5, seq: 7, what: 'altered seq' }],
    [
      'the number, to one that is none',
      withLine(5, (line) => line.replace('"seq":5', '"seq":-0.5')),
      { line: 5, seq: -0.5, what: 'altered seq' },
    ],
    [
      'white space that JSON does not see',
      withLine(5, (line) => line.replace('"body":', '"body": ')),
      { line: 5, seq: 5, what: 'not canonical bytes' },
    ],
    ['a carriage return', withLine(5, (line) => `${line}\r`), { line: 5, seq: 5, what: 'not canonical bytes' }],
    [
      'another way to write a number',
      withLine(5, (line) => line.replace('0.25', '0.250')),
      { line: 5, seq: 5, what: 'not canonical bytes' },
    ],
    [
      'another way to write a letter',
      withLine(5, (line) => line.replace('BTC', '\\u0042TC')),
      { line: 5, seq: 5, what: 'not canonical bytes' },
    ],
    [
      'a member given twice',
      withLine(5, (line) => line.replace('{"seq":5', '{"seq":4,"seq":5')),
      { line: 5, seq: 5, what: 'not canonical bytes' },
    ],
    [
      'the order of keys',
      withLine(5, (line) => line.replace(/^\{("seq":5),("prevHash":"\w+")/, '{$2,$1')),
      { line: 5, seq: 5, what: 'not canonical bytes' },
    ],
    [
      'an unknown member',
      withLine(5, (line) => line.replace('{"seq"', '{"note":1,"seq"')),
      { line: 5, seq: 5, what: 'not a record' },
    ],
    ['an empty line', withLine(5, (line) => `${line}\n`), { line: 6, seq: null, what: 'not a record' }],
    ['a missing bracket', withLine(5, (line) => line.slice(0, -1)), { line: 5, seq: 5, what: 'broken JSON' }],
    [
      'nesting beyond the stack',
      withLine(5, (line) => line.replace('[]', '['.repeat(200_000) + ']'.repeat(200_000))),
      { line: 5, seq: 5, what: 'not a record' },
    ],
    ['a missing line', joined(lines.toSpliced(4, 1)), { line: 5, seq: 5, what: 'missing record' }],
    ['a missing beginning', joined(lines.slice(3)), { line: 1, seq: 1, what: 'missing record' }],
    ['a doubled line', joined(lines.toSpliced(4, 0, lines[4]!)), { line: 6, seq: 5, what: 'duplicated' }],
    [
      'two lines exchanged',
      joined(lines.with(4, lines[5]!).with(5, lines[4]!)),
      { line: 6, seq: 5, what: 'reordered' },
    ],
    ['a line moved to the end', joined([...lines.toSpliced(4, 1), lines[4]!]), { line: 12, seq: 5, what: 'reordered' }],
    ['a last line without its line feed', joined(lines).slice(0, -1), { line: 12, seq: 12, what: 'torn line' }],
    ['a last line cut off', joined(lines).slice(0, -50), { line: 12, seq: null, what: 'torn line' }],
  ])('%s', async (_, text, fault) => {
    const verdict = await verify(text)
    expect(named(verdict)).toEqual([fault])
    expect(verdict.ok).toBe(false)
  })

  it('a body sealed anew with its hash: the next record was sealed on another', async () => {
    const forged = seal(records[3]!, { kind: 'recommendation', forged: true })
    expect(named(await verify(withLine(5, () => lineOf(forged))))).toEqual([{ line: 6, seq: 6, what: 'broken link' }])
  })

  it('bytes that are not UTF-8 but would be read as the same text', async () => {
    const bytes = Buffer.from(joined(lines))
    const at = bytes.indexOf(Buffer.from('\ufffd'))
    expect(
      named(await verify(Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]))),
    ).toEqual([{ line: 1, seq: 1, what: 'broken JSON' }])
  })

  it('an end cut off, and another end, when the head is known', async () => {
    expect(named(await verify(joined(lines.slice(0, 10)), headOf(records)))).toEqual([
      { line: 11, seq: 11, what: 'missing record' },
    ])
    expect(named(await verify(joined(lines), { seq: 12, hash: other }))).toEqual([
      { line: 13, seq: 12, what: 'other head' },
    ])
    expect(named(await verify(joined(lines), headOf(records.slice(0, 11))))).toEqual([
      { line: 13, seq: 12, what: 'other head' },
    ])
  })

  it('a last hash, when the head is known', async () => {
    const text = withLine(12, (line) => line.replace(records[11]!.hash, other))
    expect(named(await verify(text, headOf(records)))).toEqual([{ line: 12, seq: 12, what: 'altered hash' }])
  })

  it('several at once, each in its line', async () => {
    const text = joined(lines.with(2, lines[2]!.replace('0.25', '0.26')).with(6, '{').toSpliced(9, 1))
    expect(named(await verify(text))).toEqual([
      { line: 3, seq: 3, what: 'altered body' },
      { line: 7, seq: 7, what: 'broken JSON' },
      { line: 10, seq: 10, what: 'missing record' },
    ])
  })
})

const hide = (record: Sealed): string => lineOf({ ...record, body: 'null' })

describe('an export that withholds records', () => {
  const hidden = new Set([1, 5, 6, 12])
  const shown = records.map((record) => (hidden.has(record.seq) ? hide(record) : lineOf(record)))
  const read = (altered: readonly string[], head = headOf(records)) =>
    verifyExport([joined(altered)], { head, mayWithhold: true })
  const other = 'f'.repeat(64)

  it('verifies and tells how many, the first, the last and neighbours among them; all of them too', async () => {
    expect(await read(shown)).toEqual({
      ok: true,
      count: 12,
      withheld: 4,
      head: headOf(records),
      faults: [],
      faultCount: 0,
    })
    expect(await read(records.map(hide))).toMatchObject({ ok: true, withheld: 12 })
  })

  it.each([
    [
      'the hash, with a record behind it that is told',
      shown.with(5, shown[5]!.replace(records[5]!.hash, other)),
      { line: 6, seq: 6, what: 'altered hash' },
    ],
    [
      'the hash, with another withheld one behind it',
      shown.with(4, shown[4]!.replace(records[4]!.hash, other)),
      { line: 6, seq: 6, what: 'broken link' },
    ],
    [
      'the hash of the last, by the head that is known',
      shown.with(11, shown[11]!.replace(records[11]!.hash, other)),
      { line: 13, seq: 12, what: 'other head' },
    ],
    ['a hash that is none', shown.with(11, shown[11]!.replace(records[11]!.hash, 'x')), { what: 'altered body' }],
    ['the link', shown.with(4, shown[4]!.replace(records[3]!.hash, other)), { line: 5, seq: 5, what: 'broken link' }],
    [
      'a record that is told behind it, sealed on another',
      shown.with(6, shown[6]!.replace(records[5]!.hash, other)),
      { line: 7, seq: 7, what: 'altered prevHash' },
    ],
    ['that one is gone', shown.toSpliced(4, 1), { line: 5, seq: 5, what: 'missing record' }],
    ['that two changed places', shown.with(4, shown[5]!).with(5, shown[4]!), { line: 6, seq: 5, what: 'reordered' }],
    [
      'that two changed places and numbers',
      shown.with(4, hide({ ...records[5]!, seq: 5 })).with(5, hide({ ...records[4]!, seq: 6 })),
      { line: 5, seq: 5, what: 'broken link' },
    ],
    ['that one is there twice', shown.toSpliced(5, 0, shown[4]!), { line: 6, seq: 5, what: 'duplicated' }],
    [
      'another form of null',
      shown.with(4, shown[4]!.replace(':null', ': null')),
      { line: 5, seq: 5, what: 'not canonical bytes' },
    ],
  ])('shows what was altered: %s', async (_, altered, fault) => {
    const verdict = await read(altered)
    expect(verdict.ok).toBe(false)
    expect(verdict.faults[0]).toMatchObject(fault)
  })

  it('cannot be told from one in which the content of a house call was taken out: that counts as withheld', async () => {
    expect(await read(lines.with(2, hide(records[2]!)))).toMatchObject({ ok: true, withheld: 1 })
  })

  it('counts no record that says null itself', async () => {
    const own = chain(3, (n) => (n === 2 ? null : { n }))
    expect(await read(own.map(lineOf), headOf(own))).toMatchObject({ ok: true, withheld: 0 })
  })

  it('is no ledger as it is kept, which has all of it', async () => {
    expect(named(await verify(joined(lines.with(2, hide(records[2]!)))))).toEqual([
      { line: 3, seq: 3, what: 'altered body' },
    ])
  })
})

/** What random damage was done, and the lines of which the first fault must name one. */
type Damage = { bytes: Uint8Array; lines: readonly number[]; what: string }

const bytes = Buffer.from(textOf(records))
const lineAt = (offset: number) => bytes.subarray(0, offset).toString('latin1').split('\n').length

function damage(random: () => number): Damage {
  const below = (n: number) => Math.floor(random() * n)
  const way = below(6)
  if (way === 0) {
    const at = below(bytes.length)
    const altered = Buffer.from(bytes)
    altered[at] = (altered[at]! + 1 + below(255)) % 256
    return { bytes: altered, lines: [lineAt(at)], what: `byte ${at} made ${altered[at]}` }
  }
  if (way === 1) {
    const at = below(bytes.length)
    return {
      bytes: Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
      lines: [lineAt(at)],
      what: `byte ${at} taken out`,
    }
  }
  if (way === 2) {
    const at = below(bytes.length)
    const given = [0x20, 0x0a, 0x30, 0x5c, below(256)][below(5)]!
    // A line feed put before a line makes an empty one; behind a line's last byte it leaves the line and adds an empty one.
    const touched = [lineAt(at), lineAt(at) + 1]
    return {
      bytes: Buffer.concat([bytes.subarray(0, at), Buffer.from([given]), bytes.subarray(at)]),
      lines: touched,
      what: `${given} put in at ${at}`,
    }
  }
  if (way === 3) {
    const at = below(lines.length)
    return { bytes: Buffer.from(joined(lines.toSpliced(at, 1))), lines: [at + 1], what: `line ${at + 1} taken out` }
  }
  if (way === 4) {
    const at = below(bytes.length)
    return { bytes: bytes.subarray(0, at), lines: [lineAt(at)], what: `cut off at byte ${at}` }
  }
  const from = below(lines.length)
  const to = (from + 1 + below(lines.length - 1)) % lines.length
  const moved = lines.toSpliced(from, 1).toSpliced(to, 0, lines[from]!)
  // Moved down, it is found where it went; moved up, at the first record behind it.
  return {
    bytes: Buffer.from(joined(moved)),
    lines: from < to ? [to + 1] : [to + 2],
    what: `line ${from + 1} moved to ${to + 1}`,
  }
}

describe('damage at random', () => {
  it(
    '10,000 bytes altered, taken out or put in, lines taken out or moved, ends cut off: every one is found, at its line',
    { timeout: 120_000 },
    async ({ annotate }) => {
      const random = seededRandom(20_240_229)
      const kinds = new Map<string, number>()
      for (let round = 0; round < 10_000; round++) {
        const { bytes: damaged, lines: expected, what } = damage(random)
        const verdict = await verify(damaged, headOf(records))
        const first = verdict.faults[0]
        expect(first, `${what} was not found`).toBeDefined()
        expect(expected, `${what}: first named is line ${first!.line}: ${first!.what}`).toContain(first!.line)
        kinds.set(first!.what, (kinds.get(first!.what) ?? 0) + 1)
      }
      await annotate([...kinds].map(([what, count]) => `${what} ${count}`).join(', '))
      expect([...kinds.keys()].toSorted()).toEqual([
        'altered body',
        'altered hash',
        'altered prevHash',
        'altered seq',
        'broken JSON',
        'missing record',
        'not a record',
        'not canonical bytes',
        'reordered',
        'torn line',
      ])
    },
  )
})

describe('a long export', () => {
  it('of 10,000 records is verified whole, with the time it takes told', async ({ annotate }) => {
    const long = chain(10_000)
    const text = Buffer.from(textOf(long))
    const from = performance.now()
    expect(await verify(text)).toMatchObject({ ok: true, count: 10_000, head: headOf(long) })
    await annotate(
      `${Math.round(performance.now() - from)} ms for 10,000 records, ${(text.length / 1e6).toFixed(1)} MB`,
    )
  })

  it('that is wrong throughout keeps the first 10,000 faults and counts them all', async () => {
    const verdict = await verify('{}\n'.repeat(10_050))
    expect(verdict.faults).toHaveLength(10_000)
    expect(verdict.faultCount).toBe(10_050)
  })
})
