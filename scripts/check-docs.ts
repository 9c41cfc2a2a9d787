import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Fault, SourceFile } from './floors.ts'
import { readSource, root, trackedPaths } from './tree.ts'

const here = ['packages', 'scripts', 'docs', 'bench', 'chaos', 'e2e', 'deploy', '.ci']
const words = `(?:${here.map((folder) => folder.replace('.', '\\.')).join('|')})`
const named = new RegExp(`(?<![\\w./@-])${words}/[\\w./*{},<>@-]*[\\w}*/>]`, 'g')
const absolute = /(?<![\w./:~-])\/(?:home|work|root|tmp|Users|mnt|opt|var|srv)\/[\w./-]+/g
const link = /\[[^\]\n]*\]\(([^)\s]+)\)/g

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')

const headingsOf = (text: string): Set<string> =>
  new Set([...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map((found) => slug(found[1]!)))

/** `exists` answers for a path below the root; `read` gives the text of a Markdown file or null. */
export type Tree = { exists(path: string): boolean; read(path: string): string | null }

/**
 * What the documents name and is not there: links, their headings, and paths that begin with a folder of ours. Patterns (`*`, `<name>`,
 * braces) name no file and are left out. Absolute paths of some machine are refused.
 */
export function docFaults(docs: readonly SourceFile[], tree: Tree): Fault[] {
  return docs.flatMap(({ path, text }) => {
    const fault = (at: number, what: string): Fault => ({ path, line: text.slice(0, at).split('\n').length, what })
    const links = [...text.matchAll(link)].flatMap((found) => {
      const [target = '', heading] = found[1]!.split('#')
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return []
      const file = target === '' ? path : posix.normalize(posix.join(posix.dirname(path), decodeURI(target)))
      if (!tree.exists(file)) return [fault(found.index, `links to ${found[1]}, which is not there`)]
      const missing = heading && file.endsWith('.md') && !headingsOf(tree.read(file) ?? '').has(heading)
      return missing ? [fault(found.index, `links to ${found[1]}, a heading that is not there`)] : []
    })
    const paths = [...text.matchAll(named)]
      .filter((found) => !/[*<{]/.test(found[0]) && !tree.exists(found[0].replace(/\/$/, '')))
      .map((found) => fault(found.index, `names ${found[0]}, which is not there`))
    const machines = [...text.matchAll(absolute)].map((found) =>
      fault(found.index, `names ${found[0]}, a path of one machine`),
    )
    return [...links, ...paths, ...machines]
  })
}

/** What is made by a build or a start need not be there when documents are checked. */
const made = /^(packages\/(?:web|api)\/dist|bench\/out)(\/|$)/

export function checkDocs(): Fault[] {
  const docs = trackedPaths()
    .filter((path) => path.endsWith('.md'))
    .map(readSource)
  const byPath = new Map(docs.map(({ path, text }) => [path, text]))
  return docFaults(docs, {
    exists: (path) => made.test(path) || existsSync(join(root, path)),
    read: (path) => byPath.get(path) ?? null,
  })
}
