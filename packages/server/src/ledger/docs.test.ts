import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lineOf, seal } from './seal.ts'
import { verifyExport } from './verify.ts'

const text = readFileSync(new URL('../../../../docs/ledger.md', import.meta.url), 'utf8')

/** A fenced block of the document by the name behind its language. */
function block(name: string): string {
  const found = new RegExp(`\`\`\`\\w+ ${name}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1]
  if (found === undefined) throw new Error(`docs/ledger.md has no block ${name}`)
  return found
}

const vector = block('vector-export')
const hasShell = spawnSync('sh', ['-c', 'command -v sha256sum']).status === 0
const run = (input: string) => spawnSync('sh', ['-c', block('verify-script')], { input, encoding: 'utf8' })

describe('the test vector of docs/ledger.md', () => {
  it('is what sealing its body gives, byte for byte', () => {
    const first = seal(null, JSON.parse(block('vector-body')))
    const second = seal(first, { kind: 'outcome', of: 1, status: 'STOPPED' })
    expect(`${lineOf(first)}\n${lineOf(second)}\n`).toBe(vector)
  })

  it('verifies, and no longer with one digit altered', async () => {
    expect(await verifyExport([vector])).toMatchObject({ ok: true, count: 2 })
    expect(await verifyExport([vector.replace('0.000000001234', '0.000000001235')])).toMatchObject({ ok: false })
  })

  it.skipIf(!hasShell)(
    'is verified by the shell script beside it, with records withheld too (skipped without sh and sha256sum)',
    async () => {
      expect(run(vector)).toMatchObject({
        status: 0,
        stdout: 'head 89c53aa4f631c1b87aa8fb2e2eba1c579d59f88bc693bec490c62ad9d0071322\n',
      })
      const withheld = vector.replace(/"body":\{"Z".*/, '"body":null}')
      expect(await verifyExport([withheld], { mayWithhold: true })).toMatchObject({ ok: true, withheld: 1 })
      expect(run(withheld)).toMatchObject({
        status: 0,
        stdout: `withheld: 1\nhead 89c53aa4f631c1b87aa8fb2e2eba1c579d59f88bc693bec490c62ad9d0071322\n`,
      })
      expect(run(withheld.replace('"hash":"4743', '"hash":"4744'))).toMatchObject({ status: 1 })
      expect(run(vector.replace('STOPPED', 'TARGET_3'))).toMatchObject({ status: 1 })
      expect(run(vector.split('\n').slice(1).join('\n'))).toMatchObject({ status: 1 })
    },
  )
})
