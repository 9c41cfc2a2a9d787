import { describe, expect, it } from 'vitest'
import { linesOf, longestLine } from './lines.ts'

const told = async (chunks: Iterable<Uint8Array | string>) => {
  const lines: [string, boolean][] = []
  for await (const { bytes, whole } of linesOf(chunks)) lines.push([Buffer.from(bytes).toString(), whole])
  return lines
}

describe('lines', () => {
  it('are cut at line feeds alone, whatever the chunks are', async () => {
    const wanted = [
      ['one', true],
      ['', true],
      ['two\r', true],
      ['thrée', false],
    ]
    const text = 'one\n\ntwo\r\nthrée'
    expect(await told([text])).toEqual(wanted)
    expect(await told([...Buffer.from(text)].map((byte) => Uint8Array.of(byte)))).toEqual(wanted)
    expect(await told([])).toEqual([])
    expect(await told(['\n'])).toEqual([['', true]])
  })

  it('that never end are refused before they fill the memory', async () => {
    let given = 0
    function* endless() {
      const chunk = new Uint8Array(2 ** 20)
      for (; given < 1_000; given++) yield chunk
    }
    await expect(told(endless())).rejects.toThrow(`a line of more than ${longestLine} bytes`)
    expect(given).toBeLessThan(100)
  })
})
