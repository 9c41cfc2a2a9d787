import { classAt, digit, hashOf, letter, other, space, wordEnd } from './flags-chars.ts'
import { fillerId, markIds } from './flags-phrases.ts'
import { readWord, type Scan, type WordId } from './flags-pieces.ts'

const COLON = 0x3a
const DOT = 0x2e
const AT = 0x40
const HASH = 0x23
const DOLLAR = 0x24

/** Splits a text that is unmasked already; `wordId` knows words by hash. Linear, for any string. */
export function scanText(text: string, wordId: WordId): Scan {
  const scan: Scan = {
    ids: [],
    faults: [],
    words: 0,
    shouted: 0,
    exclaims: 0,
    pictures: 0,
    urls: 0,
    handles: 0,
    tags: 0,
    cashtags: 0,
    percents: 0,
    multiples: 0,
    addresses: 0,
    spaced: 0,
    encoded: false,
    noHostBefore: 0,
  }
  let run = 0
  for (let i = 0; i < text.length;) {
    const kind = classAt(text, i)
    if (kind === letter || kind === digit) {
      const end = wordEnd(text, i)
      run = end - i === 1 && kind === letter ? run + 1 : 0
      if (run > scan.spaced) scan.spaced = run
      i = readWord(scan, text, i, end, wordId)
    } else {
      if (kind !== space) i = readSign(scan, text, i, wordId)
      else if (text.charCodeAt(i++) === 0x0a) sentenceEnds(scan)
    }
  }
  return scan
}

function sentenceEnds({ ids }: Scan): void {
  if (ids.length > 0 && ids[ids.length - 1] !== markIds['#break']) ids.push(markIds['#break'])
}

function readSign(scan: Scan, text: string, i: number, wordId: WordId): number {
  const code = text.charCodeAt(i)
  const next = classAt(text, i + 1)
  if (code === 0x21) scan.exclaims++
  if (code === 0x21 || code === 0x3f || code === DOT || code === 0x3b) sentenceEnds(scan)
  else if (code === COLON) scan.ids.push(markIds[':'])
  else if (code === AT && (next === letter || next === digit)) {
    scan.handles++
    scan.ids.push(markIds['#handle'])
    return wordEnd(text, i + 1)
  } else if (code === HASH && next === letter) return readTag(scan, text, i, wordId)
  else if (code === DOLLAR) return readDollar(scan, text, i, next)
  else if (code === 0xa3 || code === 0x20ac) return readDollar(scan, text, i, next === digit ? digit : other)
  else if (code > 0x7f) scan.pictures++
  return i + (code >= 0xd800 && code <= 0xdbff ? 2 : 1)
}

function readTag(scan: Scan, text: string, i: number, wordId: WordId): number {
  const end = wordEnd(text, i + 1)
  const id = wordId(hashOf(text, i + 1, end))
  scan.tags++
  scan.ids.push(id > fillerId ? id : markIds['#tag'])
  return end
}

function readDollar(scan: Scan, text: string, i: number, next: number): number {
  if (next === letter) {
    scan.cashtags++
    scan.ids.push(markIds['#cash'])
    return wordEnd(text, i + 1)
  }
  if (next !== digit) return i + 1
  let end = i + 1
  while (
    classAt(text, end) === digit ||
    ((text.charCodeAt(end) === 0x2c || text.charCodeAt(end) === DOT) && classAt(text, end + 1) === digit)
  )
    end++
  scan.ids.push(markIds['#money'])
  return wordEnd(text, end)
}
