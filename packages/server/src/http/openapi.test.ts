import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { openapiText } from './openapi.ts'

it('docs/openapi.json is what the endpoint table says (npm exec -- node scripts/write-openapi.ts)', async () => {
  const kept = await readFile(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8')
  expect(kept).toBe(await openapiText())
})
