import { execFileSync } from 'node:child_process'
import { join, relative } from 'node:path'
import type { SourceFile } from './floors.ts'
import { roomFiles, root } from './tree.ts'

export type Sized = { readonly what: string; readonly lines: number }
export type Sizes = {
  readonly files: number
  readonly lines: number
  readonly testFiles: number
  readonly testLines: number
  /** Longest first. */
  readonly longFiles: readonly Sized[]
  readonly longFunctions: readonly Sized[]
}

const limits = { file: 200, function: 40 }

/** The part of what `oxlint -f json` says that is read here. */
type Report = { diagnostics: { filename: string; message: string }[] }

/** Functions over 40 lines from the linter's own parse of the tree; tests are not held to it. */
export function longFunctions(report: string): Sized[] {
  const { diagnostics } = JSON.parse(report) as Report
  const sources = diagnostics.filter(({ filename }) => !/\.test\.tsx?$/.test(filename))
  const found = sources.map(({ filename, message }) => {
    const name = /function `([^`]+)`/.exec(message)?.[1] ?? 'a function without a name'
    return { what: `${name} (${relative(root, join(root, filename))})`, lines: Number(/\((\d+)\)/.exec(message)?.[1]) }
  })
  return found.toSorted((a, b) => b.lines - a.lines)
}

const linesOf = ({ text }: SourceFile): number => text.replace(/\n$/, '').split('\n').length

/** Sizes of the sources; tests are counted apart. */
export function sizesOf(files: readonly SourceFile[], functions: readonly Sized[]): Sizes {
  const isTest = ({ path }: SourceFile) => /\.test\.tsx?$/.test(path)
  const sources = files.filter((file) => !isTest(file)).map((file) => ({ what: file.path, lines: linesOf(file) }))
  const tests = files.filter(isTest)
  const sum = (lengths: readonly number[]) => lengths.reduce((total, lines) => total + lines, 0)
  return {
    files: sources.length,
    lines: sum(sources.map(({ lines }) => lines)),
    testFiles: tests.length,
    testLines: sum(tests.map(linesOf)),
    longFiles: sources.filter(({ lines }) => lines > limits.file).toSorted((a, b) => b.lines - a.lines),
    longFunctions: functions,
  }
}

/** `count` lines for people: totals, then the longest files and functions, each of which owes a reason. */
export function showSizes(
  { files, lines, testFiles, testLines, longFiles, longFunctions: functions }: Sizes,
  count = 3,
): string {
  const top = (sized: readonly Sized[]) => sized.slice(0, count).map(({ what, lines: n }) => `\n    ${n}  ${what}`)
  return [
    `${files} source files with ${lines} lines, ${testFiles} test files with ${testLines} lines`,
    `\n  files over ${limits.file} lines: ${longFiles.length}`,
    ...top(longFiles),
    `\n  functions over ${limits.function} lines (a builder counts with all it holds): ${functions.length}`,
    ...top(functions),
  ].join('')
}

export function measureTree(): string {
  const args = [
    join(root, 'node_modules/oxlint/bin/oxlint'),
    '-c',
    'scripts/sizes.oxlintrc.json',
    '-f',
    'json',
    'packages',
  ]
  let report: string
  try {
    report = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  } catch (fault) {
    report = (fault as { stdout: string }).stdout // exit code 1 is "some functions are long"
  }
  return showSizes(sizesOf(roomFiles(), longFunctions(report)))
}
