import { classAt, digit, hashOf, isWordPart, space } from './flags-chars.ts'
import { isEncodedText } from './flags-hidden.ts'
import { hostFaults, type HostFault } from './flags-hosts.ts'
import { fillerId, markIds } from './flags-phrases.ts'
import { hashPrime, hashSeed } from './word-hash.ts'

/** One pass over a text: its words as ids, and what can be counted. */
export type Scan = {
  readonly ids: number[]
  readonly faults: HostFault[]
  words: number
  /** Words of three letters and more in capitals only. */
  shouted: number
  exclaims: number
  /** Pictures and other signs outside the alphabets. */
  pictures: number
  urls: number
  handles: number
  tags: number
  cashtags: number
  percents: number
  /** "20x" and more. */
  multiples: number
  addresses: number
  /** The longest run of words of one letter. */
  spaced: number
  encoded: boolean
  /** Up to here it is known that no host without a scheme begins. */
  noHostBefore: number
}

/** Knows the words of the phrases by their hash. */
export type WordId = (hash: number) => number

/** Ends of hosts that are believed without a scheme in front; what else has a dot is a sentence or an abbreviation. */
const ends = new Set(
  'com org net io xyz app top site online live fun finance cc me ru info co gg ai vip pro club link click shop store ly biz dev page trade exchange cash money world today website tech space network us uk gd at lol buzz icu tk ml cf gq ga pw win bid work zone gift claims download cloud market in id to so sh'.split(
    ' ',
  ),
)

const SLASH = 0x2f
const COLON = 0x3a
const DOT = 0x2e
const AT = 0x40
const HASH = 0x23
const DOLLAR = 0x24

const isUrlPart = (code: number): boolean =>
  code > 0x20 && code !== 0x22 && code !== 0x3c && code !== 0x3e && code !== 0x29

/** A word, number, address, link or mail that begins at i; gives where it ends. */
export function readWord(scan: Scan, text: string, i: number, end: number, wordId: WordId): number {
  const next = text.charCodeAt(end)
  if (next === COLON && text.charCodeAt(end + 1) === SLASH && text.charCodeAt(end + 2) === SLASH)
    return readLink(scan, text, end + 3)
  if ((next === DOT || next === 0x2d) && i >= scan.noHostBefore && isWordPart(text, end + 1)) {
    if (isBareHost(scan, text, i)) return readLink(scan, text, i)
  }
  if (next === AT && isWordPart(text, end + 1)) {
    scan.ids.push(markIds['#email'])
    return pastHost(text, end + 1)
  }
  if (end - i >= 26) return readLong(scan, text, i, end)
  if (classAt(text, i) === digit) return readNumber(scan, text, i, end, wordId)
  pushWord(scan, text, i, end, wordId)
  return end
}

function pastHost(text: string, i: number): number {
  let end = i
  while (end < text.length && (isWordPart(text, end) || text.charCodeAt(end) === DOT || text.charCodeAt(end) === 0x2d))
    end++
  return end
}

/** Longer hosts are cut: none that people read is. */
const HOST = 100

/** Whether a host without a scheme begins here: its end is a known one. Where it is not, what follows it up to there is none either. */
function isBareHost(scan: Scan, text: string, i: number): boolean {
  let end = i
  let lastDot = 0
  while (end - i <= HOST && end < text.length) {
    const code = text.charCodeAt(end)
    if (code === DOT) {
      if (!isWordPart(text, end + 1)) break
      lastDot = end
    } else if (code !== 0x2d && !isWordPart(text, end)) break
    end++
  }
  const isHost = lastDot > 0 && end - i <= HOST && ends.has(text.slice(lastDot + 1, end).toLowerCase())
  if (!isHost) scan.noHostBefore = end
  return isHost
}

function readLink(scan: Scan, text: string, i: number): number {
  let end = i
  let host = 0
  while (end < text.length && isUrlPart(text.charCodeAt(end)) && classAt(text, end) !== space) {
    const code = text.charCodeAt(end)
    if (host === 0 && (code === SLASH || code === COLON || code === 0x3f || code === HASH)) host = end
    end++
  }
  const name = text.slice(i, Math.min(host === 0 ? end : host, i + HOST)).toLowerCase()
  scan.faults.push(...hostFaults(withoutEnd(name)))
  scan.urls++
  scan.ids.push(markIds['#url'])
  return end
}

/** A sentence's end is no part of the link before it. */
const withoutEnd = (name: string): string => name.replace(/[.,!;]{1,4}$/, '')

/** A run of 26 and more: an address, an encoded text, or just long. */
function readLong(scan: Scan, text: string, i: number, end: number): number {
  let last = end
  while (
    last < text.length &&
    (isWordPart(text, last) || text.charCodeAt(last) === 0x2b || text.charCodeAt(last) === SLASH)
  )
    last++
  while (text.charCodeAt(last) === 0x3d) last++
  const piece = text.slice(i, Math.min(last, i + 200)).replace(/=+$/, '')
  if (isAddress(piece)) {
    scan.addresses++
    scan.ids.push(markIds['#address'])
  } else {
    if (isEncodedText(piece)) scan.encoded = true
    scan.ids.push(0)
  }
  return last
}

const isAddress = (piece: string): boolean =>
  /^0x[0-9a-f]{40}$/i.test(piece) ||
  /^(bc1|ltc1|addr1|cosmos1|ronin:)[0-9a-z]{20,}$/i.test(piece) ||
  (/^[1-9A-HJ-NP-Za-km-z]{26,48}$/.test(piece) && /\d/.test(piece) && /[A-Z]/.test(piece) && /[a-z]/.test(piece))

/** A percentage, multiple or amount from here on is one that only touts speak of. */
const BIG_PERCENT = 50
const BIG_MULTIPLE = 10

function readNumber(scan: Scan, text: string, i: number, end: number, wordId: WordId): number {
  let last = i
  while (classAt(text, last) === digit) last++
  while ((text.charCodeAt(last) === 0x2c || text.charCodeAt(last) === DOT) && classAt(text, last + 1) === digit) {
    last++
    while (classAt(text, last) === digit) last++
  }
  const value = Number(text.slice(i, Math.min(last, i + 20)).replaceAll(',', ''))
  const next = text.charCodeAt(last) | 0x20
  const isAlone = !isWordPart(text, last + 1)
  if (text.charCodeAt(last) === 0x25) scan.percents++
  if (next === 0x78 && isAlone && value >= BIG_MULTIPLE) scan.multiples++
  if (text.charCodeAt(last) === 0x25) return push(scan, value >= BIG_PERCENT ? '#bigpercent' : '#percent', last + 1)
  if (next === 0x78 && isAlone) return push(scan, value >= BIG_MULTIPLE ? '#bigmult' : '#mult', last + 1)
  if (text.charCodeAt(last) === COLON && classAt(text, last + 1) === digit) return push(scan, '#time', last + 3)
  // "12k" is an amount of money to those who write so.
  if (next === 0x6b && isAlone) return push(scan, '#money', last + 1)
  if (text.charCodeAt(last) === DOLLAR) return push(scan, '#money', last + 1)
  if (last < end && last - i < 3 && text.charCodeAt(last) !== DOT) return readLeet(scan, text, i, end, wordId)
  const id = last - i < 4 ? wordId(hashOf(text, i, last)) : 0
  scan.ids.push(id > fillerId ? id : markIds['#num'])
  return last
}

function push({ ids }: Scan, mark: keyof typeof markIds, end: number): number {
  ids.push(markIds[mark])
  return end
}

/** Letters that come right behind digits: "24hrs" is a number and a word, "1st" and "4irdrop" are words. */
function readLeet(scan: Scan, text: string, i: number, end: number, wordId: WordId): number {
  let split = i
  while (classAt(text, split) === digit) split++
  const rest = wordId(hashOf(text, split, end))
  if (rest > fillerId) {
    scan.ids.push(markIds['#num'], rest)
    return end
  }
  pushWord(scan, text, i, end, wordId)
  return end
}

function pushWord(scan: Scan, text: string, i: number, end: number, wordId: WordId): void {
  let hasDigit = false
  let capitals = 0
  let hash = hashSeed
  // The same as hashOf, with what else is to be known of the word.
  for (let at = i; at < end; at++) {
    let code = text.charCodeAt(at)
    if (code >= 0x41 && code <= 0x5a) {
      code |= 0x20
      capitals++
    } else if (code <= 0x39) {
      if (code < 0x30) continue
      hasDigit = true
    } else if (code === 0x2019) continue
    hash = Math.imul(hash ^ code, hashPrime)
  }
  scan.words++
  if (end - i >= 3 && capitals === end - i) scan.shouted++
  let id = wordId(hash === 0 ? 1 : hash)
  if (id === 0 && hasDigit) id = wordId(hashOf(text, i, end, true))
  if (id !== fillerId) scan.ids.push(id)
}
