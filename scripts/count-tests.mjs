// Sums the reports of several test runs (`vitest --reporter=json`) into one closing line; plain JavaScript for any Node from 18.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** @typedef {{ status: string, fullName?: string, title?: string }} Test */
/** @typedef {{ testResults?: { name?: string, status: string, assertionResults: Test[] }[] }} Report */

/**
 * A file that failed before its tests could run counts as one failure, and so does a run that left no report or had no tests. What a
 * later report says of a file stands for what an earlier one said.
 * @param {readonly Report[]} reports
 */
export function countTests(reports) {
  /** @type {string[]} */
  const skippedNames = []
  const sum = { passed: 0, failed: 0, skipped: 0, skippedNames }
  sum.failed += reports.filter(({ testResults }) => !testResults?.length).length
  const files = reports.flatMap(({ testResults }) => testResults ?? [])
  const lastWords = new Map(files.map((file, i) => [file.name ?? i, file]))
  for (const { status, assertionResults } of lastWords.values()) {
    const failed = assertionResults.filter((test) => test.status === 'failed').length
    const skipped = assertionResults.filter((test) => !['passed', 'failed'].includes(test.status))
    sum.passed += assertionResults.filter((test) => test.status === 'passed').length
    sum.failed += status === 'failed' ? Math.max(1, failed) : failed
    sum.skipped += skipped.length
    skippedNames.push(...skipped.map((test) => test.fullName ?? test.title ?? 'a test without a name'))
  }
  return sum
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const reports = process.argv.slice(2).map((path) => /** @type {Report} */ (JSON.parse(readFileSync(path, 'utf8'))))
  const { passed, failed, skipped, skippedNames } = countTests(reports)
  for (const name of skippedNames) console.log(`skipped: ${name}`)
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  process.exit(failed === 0 && passed > 0 ? 0 : 1)
}
