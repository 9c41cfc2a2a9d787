import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { checkDocs } from './check-docs.ts'
import { type Fault, floorFaults } from './floors.ts'
import { measureTree } from './statistics.ts'
import { roomFiles, root } from './tree.ts'

/** True when it passed; what a step has to say, it prints itself. */
type Step = { readonly name: string; run(): boolean }

const tool =
  (path: string, ...args: readonly string[]) =>
  (): boolean =>
    spawnSync(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root, stdio: 'inherit' }).status ===
    0

const faultless = (find: () => readonly Fault[]) => (): boolean => {
  const faults = find()
  for (const { path, line, what } of faults) console.log(`${path}:${line} ${what}`)
  return faults.length === 0
}

const steps: readonly Step[] = [
  { name: 'types', run: tool('typescript/bin/tsc', '-b') },
  { name: 'lint', run: tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings') },
  { name: 'format', run: tool('oxfmt/bin/oxfmt', '--check') },
  { name: 'dead code', run: tool('knip/bin/knip.js') },
  { name: 'floors', run: faultless(() => floorFaults(roomFiles())) },
  { name: 'documents', run: faultless(checkDocs) },
  { name: 'tests', run: tool('vitest/vitest.mjs', 'run') },
]

const args = process.argv.slice(2)
const unknown = args.find((arg) => arg !== '--no-tests')
if (unknown !== undefined) {
  console.error(`check: unknown argument ${JSON.stringify(unknown)}: allowed is --no-tests`)
  process.exit(2)
}

const failed: string[] = []
const seconds: string[] = []
for (const { name, run } of steps) {
  if (name === 'tests' && args.includes('--no-tests')) continue
  console.log(`\n== ${name}`)
  const startedAt = performance.now()
  const passed = run()
  const took = ((performance.now() - startedAt) / 1000).toFixed(1)
  seconds.push(`${name} ${took} s${passed ? '' : ' FAILED'}`)
  if (!passed) failed.push(name)
}
console.log(`\n== sizes\n${measureTree()}\n\n== ${seconds.join(', ')}`)
console.log(failed.length === 0 ? 'check passed' : `check FAILED: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)
