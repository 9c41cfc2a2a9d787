// Builds the package that others install: `npx node scripts/build-sdk.ts`, then `npm pack packages/api/dist` or `npm publish packages/api/dist`.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { root } from './tree.ts'

const own = join(root, 'packages/api')
const dist = join(own, 'dist')
const entries = ['index', 'webhook'] as const

/** One file for all, with what it needs of the domain within it; zod alone stays outside. */
const bundle = (minify: boolean, write: boolean) =>
  build({
    configFile: false,
    root: own,
    logLevel: 'warn',
    build: {
      write,
      minify,
      outDir: dist,
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: Object.fromEntries(entries.map((name) => [name, join(own, `src/${name}.ts`)])),
        formats: ['es'],
        fileName: (_, name) => `${name}.js`,
      },
      rolldownOptions: { external: ['zod'] },
    },
  })

/** The declarations, as the compiler makes them of api and domain, with the paths they have here. */
function copyTypes(): number {
  const compiled = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', own], {
    cwd: root,
    encoding: 'utf8',
  })
  if (compiled.status !== 0)
    throw new Error(`the types of the api are not sound:\n${compiled.stdout}${compiled.stderr}`)
  const seen = new Set<string>()
  const waiting = entries.map((name) => `api/${name}.d.ts`)
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    const here = posix.dirname(path)
    const told = readFileSync(join(root, '.tsbuild', path), 'utf8')
    const text = told.replaceAll(
      /(from |import\()(['"])([^'"]+)\2/g,
      (whole, before: string, quote: string, asked: string) => {
        if (/^zod(\/|$)/.test(asked)) return whole
        if (asked !== '@pumpiq/domain' && !asked.startsWith('.')) throw new Error(`${path} needs the types of ${asked}`)
        const to = asked === '@pumpiq/domain' ? 'domain/index.ts' : posix.join(here, asked)
        waiting.push(to.replace(/\.ts$/, '.d.ts'))
        const relative = posix.relative(here, to.replace(/\.ts$/, '.js'))
        return `${before}${quote}${relative.startsWith('.') ? relative : `./${relative}`}${quote}`
      },
    )
    const target = join(dist, 'types', path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  return seen.size
}

type Manifest = { name: string; version: string; dependencies: Record<string, string> }

function writeManifest(): void {
  const { name, version, dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as Manifest
  const face = (entry: string) => ({ types: `./types/api/${entry}.d.ts`, default: `./${entry}.js` })
  const manifest = {
    name,
    version,
    description: 'Client of PumpIQ: crypto recommendations with a record you can check.',
    license: 'MIT',
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.3' },
    exports: { '.': face('index'), './webhook': face('webhook'), './package.json': './package.json' },
    dependencies: { zod: `^${dependencies['zod']}` },
  }
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
await bundle(false, true)
const declarations = copyTypes()
writeManifest()
copyFileSync(join(own, 'README.md'), join(dist, 'README.md'))
copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'))
const built = await bundle(true, false)
const chunks = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []))
const small = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.code] : [])).join('')
const index = readFileSync(join(dist, 'index.js'))
console.log(
  `packages/api/dist: index.js ${kilobytes(index.length)}, minified and gzipped ${kilobytes(gzipSync(small).length)}, ${declarations} declarations`,
)
