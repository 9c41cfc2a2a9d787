import { fold } from './fold.ts'
import { publisherHosts, publisherTiers, type PublisherTier } from './publisher-names.ts'
import { fromPunycode } from './punycode.ts'

/** How far a publisher is believed, 0..1, and why. */
export type Trust = { readonly tier: PublisherTier; readonly trust: number; readonly why: string }

/** The longest a host may be (RFC 1035). */
const hostAtMost = 253
/** Shorter names are too like each other to say that one imitates another. */
const guardedAtLeast = 6
const wideAtLeast = 11
const insideAtLeast = 8

/** Of public authorities alone, whoever stands below them. */
const authorityEnds =
  /\.(gov|mil|gov\.[a-z]{2}|govt\.nz|gouv\.fr|gob\.[a-z]{2}|go\.(jp|kr|th|id)|gc\.ca|admin\.ch|bund\.de)$/

const tiers = new Map(
  (Object.entries(publisherHosts) as [PublisherTier, readonly string[]][]).flatMap(([tier, hosts]) =>
    hosts.map((host) => [host, tier] as const),
  ),
)

/** Words that anybody may use, or that are a letter from one. */
const common: ReadonlySet<string> = new Set(['crypto', 'gemini', 'protos'])

const isBelieved = (tier: PublisherTier): boolean => publisherTiers[tier].trust > publisherTiers.site.trust

/** Names worth stealing. */
const guarded = [...tiers]
  .flatMap(([host, tier]) => (isBelieved(tier) ? [host.split('.')[0]!] : []))
  .filter((name) => !common.has(name))
  .filter((name, i, all) => name.length >= guardedAtLeast && all.indexOf(name) === i)

const trustIn = (tier: PublisherTier): Trust => ({ tier, ...publisherTiers[tier] })

/**
 * How far a publisher's word goes: a domain, `r/NAME` or `t.me/NAME`. A name that looks like one that is believed, and is not at home there,
 * is believed least of all.
 */
export function trustOf(publisher: string): Trust {
  const written = publisher.slice(0, hostAtMost).trim().toLowerCase()
  if (/^(r|u)\//.test(written)) return trustIn('open')
  const host = written
    .replace(/\/.*$/s, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '')
  const known = tierOf(host)
  if (known) return trustIn(known)
  return trustIn(isImitation(host) ? 'imitation' : 'unknown')
}

function tierOf(host: string): PublisherTier | null {
  const isPlain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host)
  if (!isPlain) return null
  if (authorityEnds.test(host)) return 'authority'
  const labels = host.split('.')
  const parents = labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'))
  return parents.map((parent) => tiers.get(parent)).find((tier) => tier !== undefined) ?? null
}

/** A host of which a part is a guarded name, is drawn like one, or is one but for a letter; of a long name, two. */
function isImitation(host: string): boolean {
  const labels = host
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (fromPunycode(label.slice(4)) ?? '') : label))
  const names = labels.length > 1 ? labels.slice(0, -1) : labels
  if (names.some((_, end) => isFront(names.slice(0, end + 1)))) return true
  return names.some((name) => [name, ...name.split('-')].some((part) => isLike(part)))
}

/** Whether these labels end as a believed host does, which is in front of another one: coindesk.com.example.net. */
function isFront(labels: readonly string[]): boolean {
  const ends = labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'))
  return ends.some((end) => end.endsWith('.gov') || (tiers.has(end) && isBelieved(tiers.get(end)!)))
}

const unleet = (text: string): string =>
  text.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('3', 'e').replaceAll('rn', 'm').replaceAll('vv', 'w')

/** Names that begin with an article are plain words: other names may begin or end with them. */
function isLike(part: string): boolean {
  const seen = fold(part)
  const readings = [seen, unleet(seen)]
  return guarded.some((name) =>
    readings.some(
      (reading) =>
        reading === name ||
        (name.length >= insideAtLeast &&
          !name.startsWith('the') &&
          (reading.startsWith(name) || reading.endsWith(name))) ||
        (seen.length >= guardedAtLeast && isWithin(reading, name, name.length >= wideAtLeast ? 2 : 1)),
    ),
  )
}

/** Whether so few letters changed, left out, put in or swapped make one of the other (optimal string alignment, Damerau 1964). */
function isWithin(left: string, right: string, most: number): boolean {
  if (Math.abs(left.length - right.length) > most) return false
  let before: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, j) => j)
  for (let i = 1; i <= left.length; i++) {
    const row = [i]
    for (let j = 1; j <= right.length; j++) {
      const change = last[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1)
      const swap = left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1] ? before[j - 2]! + 1 : Infinity
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, change, swap))
    }
    before = last
    last = row
  }
  return last[right.length]! <= most
}
