import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const sources = ['packages/web', 'packages/api/src', 'packages/domain/src']
const leftOut = new Set(['dist', 'node_modules'])

/** Newest change among the files below a path, epoch ms; 0 when there is none. @param {string} path @returns {number} */
function newest(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs
  return Math.max(0, ...readdirSync(path).flatMap((name) => (leftOut.has(name) ? [] : [newest(join(path, name))])))
}

/** Why the pages must be built before they can be served, or null. @param {string} root @returns {string | null} */
export function whyBuild(root) {
  const built = newest(join(root, 'packages/web/dist/index.html'))
  if (built === 0) return 'they are not built yet'
  return sources.some((path) => newest(join(root, path)) > built) ? 'their sources have changed' : null
}
