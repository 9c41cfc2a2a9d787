import type { Reference } from './references.ts'

type Found = { readonly at: number; readonly text: string; readonly id: string }

/** Puts behind each thing that a text tells the reference it stands for. */
export function withReferences(text: string, references: readonly Reference[]): string {
  let done = 0
  let cited = ''
  for (const { at, text: told, id } of toldIn(text, references)) {
    cited += `${text.slice(done, at + told.length)} [${id}]`
    done = at + told.length
  }
  return cited + text.slice(done)
}

/** Where a text tells what, the longest first where one begins another; no word and no number is told in part. */
export function toldIn(text: string, references: readonly Reference[]): Found[] {
  const telling = references
    .flatMap(({ id, shown }) => shown.map((told) => ({ id, told })))
    .filter(({ told }) => told !== '' && text.includes(told))
    .toSorted((a, b) => b.told.length - a.told.length)
  const found: Found[] = []
  for (let at = 0; at < text.length;) {
    const here = telling.find(({ told }) => text.startsWith(told, at) && isWhole(text, at, at + told.length))
    if (here) found.push({ at, text: here.told, id: here.id })
    at += here ? here.told.length : 1
  }
  return found
}

const isWhole = (text: string, from: number, to: number): boolean =>
  !(isOfWord(text[from]) && /(?:[\p{L}\p{N}]|\p{N}[.,])$/u.test(text.slice(Math.max(0, from - 2), from))) &&
  !(isOfWord(text[to - 1]) && /^(?:[\p{L}\p{N}]|[.,]\p{N})/u.test(text.slice(to, to + 2)))

const isOfWord = (character = ''): boolean => /[\p{L}\p{N}]/u.test(character)
