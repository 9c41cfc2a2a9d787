import { TextFlag } from '../words/claim.ts'
import { crowdRules } from './flag-rules-crowd.ts'
import { fraudRules } from './flag-rules-fraud.ts'
import { crowdPhrases } from './flag-words-crowd.ts'
import { lurePhrases } from './flag-words-lures.ts'
import { machinePhrases } from './flag-words-machine.ts'
import { scamPhrases } from './flag-words-scam.ts'
import { toutPhrases } from './flag-words-touts.ts'
import { hiddenIn, type Hidden } from './flags-hidden.ts'
import { createPhrases } from './flags-phrases.ts'
import type { Scan } from './flags-pieces.ts'
import { scanText } from './flags-scan.ts'
import { unmask } from './fold.ts'

/** How sure the rules are of each flag, in [0, 1). */
export type FlagScores = Readonly<Record<TextFlag, number>>

/** From here on a flag is set. */
export const FLAG_FROM = 0.5

/** A text that tells of fraud uses its words. What is left of a score then, so that a warning in front of a fraud does not clear it. */
const REPORTED = 0.7

const phrases = createPhrases({ ...scamPhrases, ...lurePhrases, ...toutPhrases, ...crowdPhrases, ...machinePhrases })

const features =
  'url chat short bait cheap dressed raw known address handle manyMentions manyHandles reply own long brief named asks pointer tag manyTags hugeTags cash manyCash anyEmoji emoji manyEmoji caps shout percent bigmult encoded role image tags hidden masked styled bidi stacked spaced'.split(
    ' ',
  )
const hints = new Map([...phrases.names, ...features].map((name, i) => [name, i]))
const firstFeature = phrases.names.length

function hintOf(name: string): number {
  const hint = hints.get(name)
  if (hint === undefined) throw new RangeError(`No phrase and no feature is called ${name}.`)
  return hint
}

type Rule = {
  /** Its place among the flags. */
  readonly flag: number
  /** What is left when the rule holds: of the doubt, or of the score where the rule speaks against the flag. */
  readonly left: number
  readonly isAgainst: boolean
  readonly with: readonly number[]
  readonly without: readonly number[]
}

/**
 * Rules by one hint that they ask for, a phrase where they ask for one: a text has few hints and fewer phrases, and most rules are never
 * looked at.
 */
const rulesOf: readonly Rule[][] = Array.from(hints, () => [])
const flagRules = { ...fraudRules, ...crowdRules }
for (const [place, flag] of TextFlag.options.entries()) {
  for (const [weight, written] of flagRules[flag]) {
    const names = written.split(' ')
    const asked = names.filter((name) => !name.startsWith('!')).map(hintOf)
    const first = asked.find((hint) => hint < firstFeature) ?? asked[0]!
    const without = names.filter((name) => name.startsWith('!')).map((name) => hintOf(name.slice(1)))
    const others = asked.filter((hint) => hint !== first)
    rulesOf[first]!.push({
      flag: place,
      left: 1 - Math.abs(weight),
      isAgainst: weight < 0,
      with: others,
      without,
    })
  }
}
const reporting = hintOf('reporting')

/** Marks of a chat between a person and a model, and a picture whose address carries data. */
const roleMark = /<\||<<SYS|<\/?system|\[INST|\[system\]|### (?:Inst|Sys)|system:/i
const hasRole = (text: string): boolean => /[<[#:]/.test(text) && roleMark.test(text)
const hasDataImage = (text: string): boolean => text.includes('![') && /!\[[^\]]{0,80}\]\([^)\s]{0,300}[?&{]/.test(text)

/** Handles in front only say whom a reply answers; is another named behind them? */
const answered = /^(?:\s{0,4}@\w+)*/
function hasNamed(text: string, handles: number): boolean {
  const front = answered.exec(text)![0]
  return handles > front.split('@').length - 1
}
const isQuestion = /\?[\s\p{Extended_Pictographic}]{0,6}$/u

const isPicture = /\p{Extended_Pictographic}/u
const isPointer = /[👇👉➡⬇☞]/u

/** Words of a post that explains, and of one that only names. */
const LONG = 45
const BRIEF = 20

/** The features in the order of their names. */
function featuresOf(text: string, scan: Scan, hidden: Hidden): readonly boolean[] {
  const { faults, pictures } = scan
  const isReply = scan.handles > 0 && /^\s{0,4}@/.test(text)
  return [
    scan.urls > 0,
    faults.includes('contact'),
    faults.includes('short'),
    faults.includes('bait'),
    faults.includes('cheap'),
    faults.includes('dressed'),
    faults.includes('raw'),
    faults.includes('known'),
    scan.addresses > 0,
    scan.handles > 0,
    scan.handles >= 2,
    scan.handles >= 4,
    isReply,
    !isReply,
    scan.words >= LONG,
    scan.words < BRIEF,
    scan.handles > 0 && hasNamed(text, scan.handles),
    text.includes('?') && isQuestion.test(text),
    pictures > 0 && isPointer.test(text),
    scan.tags > 0,
    scan.tags >= 4,
    scan.tags >= 7,
    scan.cashtags > 0,
    scan.cashtags >= 3,
    pictures > 0 && isPicture.test(text),
    pictures >= 3,
    pictures >= 7,
    scan.words >= 5 && scan.shouted / scan.words >= 0.3,
    scan.exclaims >= 3,
    scan.percents > 0,
    scan.multiples > 0,
    scan.encoded,
    hasRole(text),
    hasDataImage(text),
    hidden.tags > 0,
    hidden.unseen >= 2,
    hidden.mixed > 0,
    hidden.styled >= 5,
    hidden.bidi >= 2,
    hidden.stacked >= 3,
    scan.spaced >= 7,
  ]
}

/** What of all phrases and features a text has. */
function hintsIn(text: string): Uint8Array {
  const plain = unmask(text)
  const scan = scanText(plain, phrases.wordId)
  const found = new Uint8Array(hints.size)
  phrases.find(scan.ids, found)
  const has = featuresOf(plain, scan, hiddenIn(text))
  for (let i = 0; i < has.length; i++) if (has[i]!) found[firstFeature + i] = 1
  return found
}

function holds(rule: Rule, found: Uint8Array): boolean {
  for (let i = 0; i < rule.with.length; i++) if (found[rule.with[i]!] === 0) return false
  for (let i = 0; i < rule.without.length; i++) if (found[rule.without[i]!] === 1) return false
  return true
}

/** How much a text looks like promotion, fraud, phishing, a call to pump a coin, or words to a machine. Any string; linear time. */
export function flagScores(text: string): FlagScores {
  const found = hintsIn(text)
  const doubt = [1, 1, 1, 1, 1]
  const kept = [1, 1, 1, 1, 1]
  for (let hint = found.indexOf(1); hint >= 0; hint = found.indexOf(1, hint + 1)) {
    const rules = rulesOf[hint]!
    for (let r = 0; r < rules.length; r++) {
      const rule = rules[r]!
      if (holds(rule, found)) (rule.isAgainst ? kept : doubt)[rule.flag]! *= rule.left
    }
  }
  const share = found[reporting] === 1 ? REPORTED : 1
  const scoreOf = (place: number): number => kept[place]! * (1 - doubt[place]!)
  return {
    promo: share * scoreOf(0),
    scam: share * scoreOf(1),
    phishing: share * scoreOf(2),
    pump_call: share * scoreOf(3),
    injection: scoreOf(4),
  }
}

/** What makes a text suspect, in the order of `TextFlag`. */
export function flagsOf(text: string): TextFlag[] {
  const scores = flagScores(text)
  return TextFlag.options.filter((flag) => scores[flag] >= FLAG_FROM)
}
