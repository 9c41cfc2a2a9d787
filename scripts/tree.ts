import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SourceFile } from './floors.ts'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Files of the repository, new ones included, ignored ones not; paths below the root with slashes. */
export function trackedPaths(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).toSorted()
}

export const readSource = (path: string): SourceFile => ({ path, text: readFileSync(join(root, path), 'utf8') })

/** The source files that stand in rooms. */
export const roomFiles = (): SourceFile[] =>
  trackedPaths()
    .filter((path) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(path))
    .map(readSource)
