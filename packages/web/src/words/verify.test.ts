import { expect, it } from 'vitest'
import type { Recommendation } from '@pumpiq/domain'
import { verifyInputs, verifySeal } from './verify.ts'

// The hashes are sha256sum's, of the 64 zeros, a newline and {"engine":{"model":null},"id":"a","kind":"recommendation","score":0.25}:
// what took how long is not sealed.
const hash = 'fb9d6805f2bd926d47ecf5a15ae963b3100ee5639d0452c18c197645029c2e65'
const engine = { model: null, latencyMs: 7 }
const sealed = {
  score: 0.25,
  id: 'a',
  engine,
  seal: { seq: 1, prevHash: '0'.repeat(64), hash },
} as unknown as Recommendation

it('a document that is as it was sealed holds', async () => {
  expect(await verifySeal(sealed)).toEqual({ holds: true, computed: hash })
})

it('a document with another figure, hash or predecessor does not', async () => {
  const altered: Recommendation[] = [
    { ...sealed, score: 0.26 },
    { ...sealed, seal: { ...sealed.seal!, hash: hash.replace(/^./, 'x') } },
    { ...sealed, seal: { ...sealed.seal!, prevHash: '1'.repeat(64) } },
  ]
  for (const document of altered) expect((await verifySeal(document)).holds).toBe(false)
})

it('a document without a seal is not called verified', async () => {
  await expect(verifySeal({ ...sealed, seal: null })).rejects.toThrow('bears no seal')
})

it('inputs are held against the hash they were sealed with', async () => {
  const inputsHash = '0855bfc20eb6cfaa4be7d6b510c63dd22997718bddadcb1a4915cec3a16145b9'
  expect(await verifyInputs({ b: [2], a: 1 }, inputsHash)).toEqual({ holds: true, computed: inputsHash })
  expect((await verifyInputs({ b: [3], a: 1 }, inputsHash)).holds).toBe(false)
})
