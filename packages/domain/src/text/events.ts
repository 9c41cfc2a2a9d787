import type { EventType } from '../words/claim.ts'
import { gap, type Tokens } from './tokens.ts'
import { phraseHash } from './word-hash.ts'
import { phrasesOf } from './phrases.ts'
import { eventPhrases } from './words-of-events.ts'

type Sign = { readonly event: EventType; readonly weight: number }

/** By hash: what a word or phrase is a sign of, and null where one only begins. */
const signs = signsOf()

function signsOf(): ReadonlyMap<number, Sign | null> {
  const found = new Map<number, Sign | null>()
  for (const [event, weight, words] of eventPhrases) {
    for (const hashes of phrasesOf(words)) {
      const whole = hashes.reduce((before, next) => {
        if (!found.has(before)) found.set(before, null)
        return phraseHash(before, next)
      })
      if (!found.get(whole)) found.set(whole, { event, weight })
    }
  }
  return found
}

/** Less than this is no event: `other`. */
const enough = 2

/** Adds what the words of a scanned text are signs of, each phrase in its longest form. */
export function addSigns(tokens: Tokens, times: number, into: Map<EventType, number>): void {
  for (let i = 0; i < tokens.count;) {
    let hash = tokens.hash[i]!
    let found = signs.get(hash)
    let sign = found ?? null
    let end = i + 1
    for (let next = i + 1; found !== undefined && next < tokens.count && tokens.gaps[next] !== gap.sentence; next++) {
      hash = phraseHash(hash, tokens.hash[next]!)
      found = signs.get(hash)
      if (!found) continue
      sign = found
      end = next + 1
    }
    if (sign) into.set(sign.event, (into.get(sign.event) ?? 0) + sign.weight * times)
    i = end
  }
}

/** What most of the signs point to; of equals the one that stands first in the list of events. */
export function strongestEvent(found: ReadonlyMap<EventType, number>): EventType {
  let best: EventType = 'other'
  let most = 0
  for (const [event, ,] of eventPhrases) {
    const weight = found.get(event) ?? 0
    if (weight > most) [best, most] = [event, weight]
  }
  return most >= enough ? best : 'other'
}
