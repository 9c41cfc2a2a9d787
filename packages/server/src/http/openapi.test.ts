import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { allEndpoints } from './bind.ts'
import { openapiText } from './openapi.ts'

it('docs/openapi.json is what the endpoint table says (npm exec -- node scripts/write-openapi.ts)', async () => {
  const kept = await readFile(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8')
  expect(kept).toBe(await openapiText())
})

type Described = { operationId: string; parameters?: { in: string; name: string; required?: boolean }[] }

it('names the headers that an operation heeds, at these operations alone', async () => {
  const { paths } = JSON.parse(await openapiText()) as { paths: Record<string, Record<string, Described>> }
  const named = Object.values(paths)
    .flatMap((path) => Object.values(path))
    .flatMap(({ operationId, parameters = [] }) =>
      parameters
        .filter((one) => one.in === 'header' && one.required !== true)
        .map(({ name }) => `${operationId} ${name}`),
    )
  const heeded = allEndpoints().flatMap(({ resource, verb, endpoint }) => [
    ...(endpoint.idempotent ? [`${resource}.${verb} Idempotency-Key`] : []),
    ...(endpoint.accepts ? [`${resource}.${verb} Prefer`] : []),
  ])
  expect(named.toSorted()).toEqual(heeded.toSorted())
  expect(named).toContain('recommendations.create Prefer')
  expect(named).toContain('recommendations.create Idempotency-Key')
})
