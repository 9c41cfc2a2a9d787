import { createEvidence } from '../packages/domain/src/text/evidence.ts'
import { createLexicon } from '../packages/domain/src/text/lexicon.ts'
import { measuresOf, type Odds } from '../packages/domain/src/text/outlook.ts'
import { plainText } from '../packages/domain/src/text/plain.ts'
import { createTokens, gap, trait } from '../packages/domain/src/text/tokens.ts'
import { writtenLists } from '../packages/domain/src/text/sentiment.ts'
import { phraseHash } from '../packages/domain/src/text/word-hash.ts'
import type { LabelledText } from '../packages/server/src/testing/labelled-texts.ts'

/** `base` is what the rules found, `words` the hashes of the words and pairs in the text; `fold` is what it is held out with. */
export type Row = LabelledText & {
  readonly set: string
  readonly fold: number
  readonly base: Odds
  readonly crypto: boolean
  readonly words: Int32Array
}

export type Vocabulary = Map<number, { words: string; texts: number; named: number; seen: number }>

const tokens = createTokens()
const evidenceOf = createEvidence(createLexicon(writtenLists, []), tokens)

/** Evidence of the rules, and the hashes of the words and pairs in a text. */
export function rowOf(set: string, fold: number, { text, label }: LabelledText, vocabulary: Vocabulary): Row {
  const plain = plainText(text)
  const evidence = evidenceOf(plain)
  const found = new Map<number, { words: string; seen: boolean; named: boolean }>()
  const titled = isTitle()
  const wordAt = (i: number): string => {
    const word = plain
      .slice(tokens.start[i], tokens.end[i])
      .toLowerCase()
      .replace(/\d+([.,]\d+)*/g, '#')
    return (tokens.traits[i]! & trait.cashtag) !== 0 ? '$a' : word
  }
  const isCapital = (i: number) => (tokens.traits[i]! & trait.capital) !== 0
  // A capital at the beginning of a sentence, or where most words have one, says nothing of names.
  const tells = (i: number) => !titled && tokens.gaps[i] !== gap.sentence
  const isNamed = (i: number) => tells(i) && isCapital(i)
  for (let i = 0; i < tokens.count; i++) {
    const hash = tokens.hash[i]!
    found.set(hash, { words: wordAt(i), seen: tells(i), named: isNamed(i) })
    if (i === 0 || tokens.gaps[i] === gap.sentence) continue
    const named = isNamed(i) || isNamed(i - 1)
    found.set(phraseHash(tokens.hash[i - 1]!, hash), { words: `${wordAt(i - 1)} ${wordAt(i)}`, seen: tells(i), named })
  }
  for (const [hash, { words, seen, named }] of found) {
    const known = vocabulary.get(hash) ?? { words, texts: 0, named: 0, seen: 0 }
    known.texts++
    if (seen) known.seen++
    if (named) known.named++
    vocabulary.set(hash, known)
  }
  const base = measuresOf(evidence)
  return { set, fold, text, label, base, crypto: evidence.crypto > 0, words: Int32Array.from(found.keys()) }
}

/** Most words begin with a capital: then a capital is no sign of a name. */
function isTitle(): boolean {
  let capitals = 0
  for (let i = 0; i < tokens.count; i++) if ((tokens.traits[i]! & trait.capital) !== 0) capitals++
  return capitals * 2 > tokens.count
}

/** Words of grammar and of every report: they tell the manner of a source, which another source does not share. */
const functionWords: ReadonlySet<string> = new Set(
  `a an the this that these those it its he she they them their his her we our you your i my me us and or as at by for from in into is are was
  were be been being am has have had having do does did of off on onto out over to than then there here with within after before about
  against between during through under while who whom which what when where how why all any some each every other such own same s t re ve
  ll m d if so too very just only also more most much many will would can could should shall may might must now new says said say one two
  first last next year years month months week weeks day days today`.split(/\s+/),
)

/** Plain words that are no names: who was in the news while the labels were given must not be learnt. */
export function features(vocabulary: Vocabulary, rows: readonly Row[], minTexts: number): Map<number, string> {
  const counts = new Map<number, number>()
  for (const { words } of rows) for (const hash of words) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  const kept = [...counts].filter(([hash, texts]) => {
    const { words, named, seen } = vocabulary.get(hash)!
    const plain = words.split(' ').every((word) => /^([a-z]{2,20}|[ai]|#[a-z]{0,3}|\$a)$/.test(word))
    const content = words.split(' ').some((word) => /^[a-z]/.test(word) && !functionWords.has(word))
    return plain && content && texts >= minTexts && seen > 0 && named / seen < 0.3
  })
  return new Map(kept.map(([hash]) => [hash, vocabulary.get(hash)!.words]))
}
