import type { Lexicon } from './lexicon.ts'
import { plainText } from './plain.ts'
import { scan } from './scan.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { createUnits, matchUnits } from './units.ts'
import { type Weighed, weigh } from './weigh.ts'

/** What the rules and the fitted words found in one text; `crypto` counts the words that speak of it. */
export type Evidence = Weighed & { crypto: number; fittedGood: number; fittedBad: number }

/** Reads evidence by a lexicon. The value, and the tokens it was read from, are overwritten by the next text. */
export function createEvidence(lexicon: Lexicon, tokens: Tokens = createTokens()): (text: string) => Evidence {
  const units = createUnits()
  const evidence: Evidence = { good: 0, mild: 0, bad: 0, calm: 0, crypto: 0, fittedGood: 0, fittedBad: 0 }
  return (text) => {
    const plain = plainText(text)
    matchUnits(plain, scan(plain, tokens), lexicon, units)
    weigh(tokens, units, evidence)
    evidence.crypto = units.crypto
    evidence.fittedGood = units.good / 100
    evidence.fittedBad = units.bad / 100
    return evidence
  }
}
