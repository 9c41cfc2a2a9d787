// Plain JavaScript for any Node from 20: it runs before anything is installed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> }} Lock */

/**
 * Why what is installed is not what the lock file asks for, or null. Compared by content: times say nothing after a clone or a copy.
 * Optional packages are those of other platforms: they may be absent, but not of another version.
 * @param {Lock} wanted package-lock.json
 * @param {Lock | null} found node_modules/.package-lock.json, which npm writes last
 * @returns {string | null}
 */
export function staleReason(wanted, found) {
  if (!found) return 'nothing is installed'
  for (const [path, { version, optional, devOptional }] of Object.entries(wanted.packages ?? {})) {
    const there = found.packages?.[path]
    if (path === '' || (!there && (optional || devOptional))) continue
    const name = path.replace(/^.*node_modules\//, '')
    if (!there) return `${name} is not installed`
    if (there.version !== version) return `${name} is ${there.version}, the lock file says ${version}`
  }
  return null
}

/** @param {string} root @returns {string | null} */
export function whyInstall(root) {
  const wanted = read(join(root, 'package-lock.json'))
  if (!wanted) throw new Error('package-lock.json is missing or broken: get it from the repository')
  const reason = staleReason(wanted, read(join(root, 'node_modules/.package-lock.json')))
  if (reason) return reason
  return existsSync(nodePath(root)) ? null : 'Node 24 is not there: its package fetches it while it is installed'
}

/** Where the `node` package puts its binary. @param {string} root */
export const nodePath = (root) => {
  const plain = join(root, 'node_modules/node/bin/node')
  return process.platform === 'win32' ? `${plain}.exe` : plain
}

/** @param {string} path @returns {Lock | null} */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null // absent, or cut off by an install that was stopped: both mean install again
  }
}
