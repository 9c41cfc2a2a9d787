import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { read } from './read.ts'

async function run(lines: readonly string[], ...args: string[]) {
  const path = join(await mkdtemp(join(tmpdir(), 'read-')), 'texts.jsonl')
  await writeFile(path, lines.join('\n'))
  const writes: string[] = []
  const code = await read.run(['--file', path, ...args], {
    stdout: (text) => void writes.push(text),
    stderr: () => {},
    version: '0',
    config: readConfig({}),
    clock: systemClock,
    abort: new AbortController().signal,
  })
  expect(code).toBe(0)
  return writes
}

const line = (text: string, title?: string) => JSON.stringify({ text, title })

describe('the read command', () => {
  it('answers one JSON line a text, in order', async () => {
    const texts = [
      line('Hacker drains $100M from lending protocol'),
      line('', 'Bitcoin surges to record high'),
      line('What is a blockchain?'),
    ]
    const out = (await run(texts, '--json')).join('')
    const rows = out
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row))
    expect(rows.map(({ label, event }) => [label, event])).toEqual([
      [-1, 'hack'],
      [1, 'price'],
      [0, 'other'],
    ])
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['sentiment', 'label', 'event', 'flags'])
      expect(Math.abs(row.sentiment)).toBeLessThanOrEqual(1)
      expect(row.flags).toEqual([])
    }
  })

  it('writes long answers in pieces', async () => {
    const writes = await run(
      Array.from({ length: 3_000 }, () => line('Bitcoin surges')),
      '--json',
    )
    expect(writes.length).toBeGreaterThan(2)
    expect(Math.max(...writes.map((text) => text.length))).toBeLessThan(70_000)
    expect(writes.join('').trimEnd().split('\n')).toHaveLength(3_000)
  })

  it('shows a table to people', async () => {
    const [table] = await run([line('Exchange halts withdrawals, users are worried')])
    expect(table).toMatch(/^sentiment +event +flags +text\n +-0\.\d\d +outage +Exchange halts withdrawals/)
  })

  it('takes Windows line ends, a byte order mark and fields it does not know', async () => {
    const rows = await run(
      ['\uFEFF{"text":"Bitcoin surges","source":"x"}\r', '{"text":"Bitcoin crashes"}\r\n'],
      '--json',
    )
    expect(rows.join('').trimEnd().split('\n')).toHaveLength(2)
  })

  it('names the file, the line and the field of what it cannot read', async () => {
    const good = line('fine')
    await expect(run([good, '{"text": 5}'])).rejects.toThrow(/texts\.jsonl, line 2, text: .*expected string/)
    await expect(run([good, good, '{"title": "x"}'])).rejects.toThrow(/line 3, text: /)
    await expect(run(['{"text": "a", "title": null}'])).rejects.toThrow(/line 1, title: /)
    await expect(run([good, '', good])).rejects.toThrow(/line 2: "" is not JSON/)
    await expect(run(['[1]'])).rejects.toThrow(/line 1: /)
    await expect(run([good], '--file', '/nowhere/x.jsonl')).rejects.toMatchObject({ code: 'invalid' })
  })
})
