import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

const worker = fileURLToPath(new URL('./src/sw/worker.ts', import.meta.url))
/** What of the public folder a page needs to be shown. */
const publicParts = ['theme.js', 'icon.svg', 'icon-192.png', 'manifest.webmanifest']

/**
 * The worker that keeps the pages, as one file of its own at /sw.js. It is told what the pages are made of: its bytes change when any of it
 * does, and that is how a browser learns of a new version.
 */
export function serviceWorker(): Plugin {
  let publicFolder = ''
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved({ publicDir }) {
      publicFolder = publicDir
    },
    async generateBundle(_, bundle) {
      const hashed = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.endsWith('.map'))
      const content = createHash('sha256').update(hashed.toSorted().join('\n'))
      for (const name of publicParts) content.update(await readFile(join(publicFolder, name)))
      const version = content.digest('hex').slice(0, 16)
      const parts = [...hashed.toSorted(), ...publicParts].map((name) => `/${name}`)
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: await bundled({ version, parts }) })
    },
  }
}

async function bundled(made: { version: string; parts: readonly string[] }): Promise<string> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { BUILD: JSON.stringify(made) },
    build: { write: false, rolldownOptions: { input: worker, output: { format: 'iife' } } },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const chunk = outputs.flatMap((one) => ('output' in one ? one.output : [])).find(({ type }) => type === 'chunk')
  if (chunk?.type !== 'chunk') throw new Error('the service worker could not be built')
  return chunk.code
}
