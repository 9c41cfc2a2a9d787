import { impostorOf, nameFaults, type Hazard, type KnownNames, type Token } from '@pumpiq/domain'
import { hazardsOf } from '../sources/seen.ts'

/**
 * Whether a token's own name deceives: it hides signs that are not seen, mixes alphabets, or is drawn like a known token's. A ticker that
 * two tokens bear honestly is none of these. Nobody is asked for it, so it is always known.
 */
export function ownName({ id, symbol, name }: Token, known: KnownNames, now: number): Hazard[] {
  const words = [symbol, name]
  const isHidden = words.some((word) => nameFaults(word).length > 0)
  const isLookAlike = words.some((word) => impostorOf(word, known, id)?.how === 'look-alike')
  return hazardsOf(
    { source: 'own-name', token: id, observedAt: now, fetchedAt: now },
    { fake: isHidden || isLookAlike },
  )
}
