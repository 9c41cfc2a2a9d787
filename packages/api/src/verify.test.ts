import { canonical } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { verifyExport } from './verify.ts'

const sha256 = async (text: string) => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
const zeros = '0'.repeat(64)

async function chain(bodies: readonly unknown[]) {
  const lines: string[] = []
  let prevHash = zeros
  for (const [i, body] of bodies.entries()) {
    const hash = await sha256(`${prevHash}\n${canonical(body)}`)
    lines.push(`{"seq":${i + 1},"prevHash":"${prevHash}","hash":"${hash}","body":${canonical(body)}}`)
    prevHash = hash
  }
  return { lines, head: { seq: bodies.length, hash: prevHash } }
}
const bodies = [{ a: 1 }, { b: 'ä', z: [1e21, -0.5] }, { c: null }, { d: true }]

it('finds a sound chain sound, and gives its records', async () => {
  const { lines, head } = await chain(bodies)
  const seen: unknown[] = []
  const verdict = await verifyExport(lines, {
    known: [head, { seq: 0, hash: zeros }],
    onRecord: ({ body }) => seen.push(body),
  })
  expect(verdict).toEqual({ ok: true, count: 4, withheld: 0, note: null, head, faults: [], faultCount: 0 })
  expect(seen).toEqual(bodies)
  expect(await verifyExport([])).toMatchObject({ ok: true, count: 0, head: null })
})

it.each<[string, (lines: string[]) => string[], RegExp]>([
  ['an altered body', (lines) => lines.with(1, lines[1]!.replace('"ä"', '"b"')), /prevHash and body give/],
  [
    'an altered hash',
    (lines) => lines.with(1, lines[1]!.replace(/"hash":"../, '"hash":"00')),
    /prevHash and body give/,
  ],
  ['an altered link', (lines) => lines.with(1, lines[1]!.replace(/"prevHash":"../, '"prevHash":"00')), /was sealed on/],
  ['a record that is gone', (lines) => lines.toSpliced(1, 1), /record 2 should stand here/],
  ['two that changed places', (lines) => [lines[0]!, lines[2]!, lines[1]!, lines[3]!], /record 2 should stand here/],
  ['a record twice', (lines) => lines.toSpliced(1, 0, lines[1]!), /record 3 should stand here/],
  ['a blank between words', (lines) => lines.with(2, lines[2]!.replace(':null', ': null')), /only form/],
  ['another line', (lines) => lines.with(2, '{"seq":3}'), /no record/],
  ['half a line', (lines) => lines.with(3, lines[3]!.slice(0, 40)), /no JSON/],
  [
    'a nest without end',
    (lines) => lines.with(3, lines[3]!.replace('{"d":true}', '['.repeat(1e5) + ']'.repeat(1e5))),
    /./,
  ],
])('finds %s', async (_, alter, sentence) => {
  const { lines } = await chain(bodies)
  const verdict = await verifyExport(alter(lines))
  expect(verdict.ok).toBe(false)
  expect(verdict.faults[0]!.sentence).toMatch(sentence)
})

it('finds a chain that was made anew, or cut off, by what was written down before', async () => {
  const { lines, head } = await chain(bodies)
  const { lines: anew } = await chain(bodies.with(0, { a: 2 }))
  expect(await verifyExport(anew)).toMatchObject({ ok: true })
  expect((await verifyExport(anew, { known: [head] })).faults[0]).toMatchObject({ line: 4, seq: 4 })
  expect((await verifyExport(lines.slice(0, 2), { known: [head] })).faults[0]!.sentence).toContain(
    'is not in the export',
  )
})

const hide = (line: string) => line.replace(/"body":.*/, '"body":null}')

it('finds a chain sound that withholds records, and says what that means', async () => {
  const { lines, head } = await chain(bodies)
  const some = await verifyExport(
    lines.map((line, i) => (i % 2 === 0 ? hide(line) : line)),
    { known: [head] },
  )
  expect(some).toMatchObject({ ok: true, count: 4, withheld: 2, head })
  expect(some.note).toBe('2 personal records are withheld: their place in the chain is checked, their content is not')
  expect(await verifyExport(lines.map(hide), { known: [head] })).toMatchObject({ ok: true, withheld: 4 })
  const { lines: own } = await chain([null, { a: 1 }])
  expect(await verifyExport(own)).toMatchObject({ ok: true, withheld: 0, note: null })
})

it.each<[string, (lines: string[]) => string[], RegExp]>([
  ['an altered hash', (lines) => lines.with(1, lines[1]!.replace(/"hash":"../, '"hash":"zz')), /no record/],
  ['another hash', (lines) => lines.with(1, lines[1]!.replace(/"hash":".{8}/, '"hash":"00000000')), /was sealed on/],
  [
    'another last hash',
    (lines) => lines.with(3, lines[3]!.replace(/"hash":".{8}/, '"hash":"00000000')),
    /written down/,
  ],
  ['that it is gone', (lines) => lines.toSpliced(1, 1), /record 2 should stand here/],
  ['that two changed places', (lines) => lines.with(1, lines[2]!).with(2, lines[1]!), /record 2 should stand here/],
])('finds of a withheld record %s', async (_, alter, sentence) => {
  const { lines, head } = await chain(bodies)
  const verdict = await verifyExport(alter([lines[0]!, ...lines.slice(1).map(hide)]), { known: [head] })
  expect(verdict.ok).toBe(false)
  expect(verdict.faults[0]!.sentence).toMatch(sentence)
})

it('counts all faults and keeps a hundred', async () => {
  const verdict = await verifyExport(Array.from({ length: 250 }, () => 'x'))
  expect([verdict.faultCount, verdict.faults.length, verdict.count]).toEqual([250, 100, 0])
})
