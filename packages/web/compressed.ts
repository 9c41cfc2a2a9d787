import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Each text of the built pages besides in its compressed forms: the server sends the one the browser takes and packs nothing itself. */
export const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir }) {
    if (dir === undefined) return
    const names = await readdir(dir, { recursive: true })
    for (const name of names.filter((one) => /\.(?:js|css|html|svg|json|webmanifest)$/.test(one))) {
      const bytes = await readFile(join(dir, name))
      await writeFile(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }))
      await writeFile(join(dir, `${name}.br`), brotliCompressSync(bytes))
    }
  },
})
