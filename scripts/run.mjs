// The one entry of all npm scripts. Plain JavaScript for any Node from 20: installs what is missing, then hands over to Node 24.
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './child.mjs'
import { nodePath, whyInstall } from './installed.mjs'
import { whyBuild } from './web-build.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const say = (/** @type {string} */ sentence) => process.stderr.write(`pumpiq: ${sentence}\n`)

async function install() {
  const reason = whyInstall(root)
  if (!reason) return
  say(`installing, since ${reason} (npm ci)`)
  const npm = process.env['npm_execpath']
  // Whatever NODE_ENV says: Node 24 itself is among the development packages.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const [file, before] = npm && /\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : [npm ?? 'npm', []]
  const code = await run(file, [...before, ...args], { cwd: root })
  if (code !== 0) throw new Error(`npm ci ended with exit code ${code}: what it said stands above`)
  const still = whyInstall(root)
  if (still) throw new Error(`npm ci is through, but ${still}`)
}

/** Runs Node 24. Its children find it and the installed programs first, as in an npm script. @param {readonly string[]} args */
function node(args) {
  const bins = ['node_modules/node/bin', 'node_modules/.bin'].map((path) => join(root, path))
  const env = {
    // Keeps what was stripped of its types and compiled: half the time of a start.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
    ...process.env,
    PATH: [...bins, process.env['PATH'] ?? ''].join(delimiter),
  }
  return run(nodePath(root), args, { cwd: root, env })
}

const tool = (/** @type {string} */ path) => join(root, 'node_modules', path)
const main = join(root, 'packages/server/src/main.ts')

const build = (/** @type {readonly string[]} */ args) =>
  node([tool('vite/bin/vite.js'), 'build', 'packages/web', ...args])

/** @param {readonly string[]} args */
async function pumpiq(args) {
  if (args[0] === 'serve' && !args.includes('--help') && !args.includes('-h')) {
    const reason = whyBuild(root)
    if (reason) {
      say(`building the web pages, since ${reason}`)
      const code = await build(['--logLevel=warn'])
      if (code !== 0) return code
    }
  }
  return node([main, ...args])
}

/** The server, started anew when its sources change, and the pages with hot reload. The first to end takes the other with it. */
async function dev(/** @type {readonly string[]} */ args) {
  const server = node(['--watch', '--watch-preserve-output', main, 'serve', ...args])
  const web = node([tool('vite/bin/vite.js'), 'packages/web'])
  const code = await Promise.race([server, web])
  process.emit('SIGTERM', 'SIGTERM')
  await Promise.all([server, web])
  return code
}

const projects = ['unit', 'int', 'eval', 'chaos'].flatMap((name) => ['--project', name])

/** @param {readonly string[]} args */
const test = (args) => {
  const chosen = args.some((arg) => arg === '--project' || arg.startsWith('--project='))
  return node([tool('vitest/vitest.mjs'), 'run', ...(chosen ? [] : projects), ...args])
}

/** @type {Record<string, (args: readonly string[]) => Promise<number>>} */
const scripts = {
  pumpiq,
  dev,
  build,
  test,
  check: (args) => node([join(root, 'scripts/check.ts'), ...args]),
  cluster: (args) => node([join(root, 'scripts/cluster.ts'), ...args]),
  bench: (args) => node([join(root, 'bench/index.ts'), ...args]),
  chaos: (args) => node([join(root, 'chaos/index.ts'), ...args]),
  types: (args) => node([tool('typescript/bin/tsc'), '-b', ...args]),
  lint: (args) => node([tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', ...args]),
  format: (args) => node([tool('oxfmt/bin/oxfmt'), ...args]),
}

const [name = '', ...rest] = process.argv.slice(2)
const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined
if (!script) {
  say(`unknown script ${JSON.stringify(name)}: there are ${Object.keys(scripts).join(', ')}`)
  process.exit(2)
}
try {
  await install()
  process.exit(await script(rest))
} catch (fault) {
  say(fault instanceof Error ? fault.message : String(fault))
  process.exit(1)
}
