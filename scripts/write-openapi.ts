import { writeFile } from 'node:fs/promises'
import { openapiText } from '../packages/server/src/http/openapi.ts'

/** Writes docs/openapi.json anew from the endpoint table; a test fails when it is stale. */
const path = new URL('../docs/openapi.json', import.meta.url)
await writeFile(path, await openapiText())
