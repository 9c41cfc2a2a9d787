import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The pages as they are in the sources now. */
export async function buildPages(): Promise<void> {
  const vite = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'packages/web'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  vite.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  const [code] = (await once(vite, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the pages cannot be built: ${said}`)
}

export type Product = {
  readonly url: string
  /** All that it has printed: the setup token, where there is no administrator. */
  said(): string
  close(): Promise<number | null>
}

type Place = { readonly home: string; readonly port: number }

/**
 * The whole product as its own process: simulated market, an empty data folder, any free port. `more` joins its environment. At a place that is
 * given, the data folder stays when it is closed, and it can be started there again.
 */
export async function startDemo(more: Readonly<Record<string, string>> = {}, place?: Place): Promise<Product> {
  const home = place?.home ?? (await mkdtemp(join(tmpdir(), 'pumpiq-home-')))
  const port = String(place?.port ?? 0)
  const { EVALUATION_DIR: _, ...environment } = process.env
  const server = spawn(process.execPath, ['packages/server/src/main.ts', 'serve', '--demo', '--port', port], {
    cwd: root,
    env: { ...environment, ...more, PUMPIQ_HOME: join(home, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const url = await new Promise<string>((found, failed) => {
    const read = (bytes: Buffer) => {
      said += bytes.toString()
      const at = /http:\/\/[\d.]+:\d+/.exec(said)
      if (at) found(at[0])
    }
    server.stdout.on('data', read)
    server.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
    server.on('close', (code) => failed(new Error(`the server ended with ${code}: ${said}`)))
  })
  return {
    url,
    said: () => said,
    async close() {
      if (server.exitCode !== null) return server.exitCode
      const ended = once(server, 'close')
      server.kill('SIGTERM')
      const [code] = (await ended) as [number | null]
      if (!place) await rm(home, { recursive: true, force: true })
      return code
    },
  }
}
