// Names the test files that failed in a report (`vitest --reporter=json`), a line each, where they are few enough to be asked once more.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** More than these is no matter of timing. */
const few = 2

/**
 * @param {{ testResults?: { name?: string, status: string }[] }} report
 * @returns {string[]} empty when nothing failed, when too much did, or when the report names no file
 */
export function failedFiles({ testResults }) {
  const names = (testResults ?? []).filter(({ status }) => status === 'failed').map(({ name }) => name)
  return names.length <= few ? names.filter((name) => name !== undefined) : []
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [path = ''] = process.argv.slice(2)
  for (const name of failedFiles(JSON.parse(readFileSync(path, 'utf8')))) console.log(name)
}
