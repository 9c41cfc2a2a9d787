import { TextFlag } from '../words/claim.ts'
import { crowdRules } from './flag-rules-crowd.ts'
import { fraudRules } from './flag-rules-fraud.ts'
import { crowdPhrases } from './flag-words-crowd.ts'
import { machinePhrases } from './flag-words-machine.ts'
import { scamPhrases } from './flag-words-scam.ts'
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

const phrases = createPhrases({ ...scamPhrases, ...crowdPhrases, ...machinePhrases })

const features =
  'url chat short bait cheap dressed raw address handle manyMentions manyHandles reply pointer tag manyTags hugeTags cash manyCash anyEmoji emoji manyEmoji caps shout percent bigmult encoded role image tags hidden masked styled bidi stacked spaced'.split(
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
  readonly flag: TextFlag
  readonly weight: number
  readonly with: readonly number[]
  readonly without: readonly number[]
}

/** Rules by the first hint that they ask for: a text has few hints, and most rules are never looked at. */
const rulesOf: readonly Rule[][] = Array.from(hints, () => [])
const flagRules = { ...fraudRules, ...crowdRules }
for (const flag of TextFlag.options) {
  for (const [weight, written] of flagRules[flag]) {
    const names = written.split(' ')
    const [first, ...rest] = names.filter((name) => !name.startsWith('!')).map(hintOf)
    const without = names.filter((name) => name.startsWith('!')).map((name) => hintOf(name.slice(1)))
    rulesOf[first!]!.push({ flag, weight, with: rest, without })
  }
}
const reporting = hintOf('reporting')

/** Marks of a chat between a person and a model, and a picture whose address carries data. */
const roleMark = /<\||<<SYS|<\/?system|\[INST|\[system\]|### (?:Inst|Sys)|system:/i
const hasRole = (text: string): boolean => /[<[#:]/.test(text) && roleMark.test(text)
const hasDataImage = (text: string): boolean => text.includes('![') && /!\[[^\]]{0,80}\]\([^)\s]{0,300}[?&{]/.test(text)

const isPicture = /\p{Extended_Pictographic}/u
const isPointer = /[👇👉➡⬇☞]/u

/** The features in the order of their names. */
function featuresOf(text: string, scan: Scan, hidden: Hidden): readonly boolean[] {
  const { faults, pictures } = scan
  return [
    scan.urls > 0,
    faults.includes('contact'),
    faults.includes('short'),
    faults.includes('bait'),
    faults.includes('cheap'),
    faults.includes('dressed'),
    faults.includes('raw'),
    scan.addresses > 0,
    scan.handles > 0,
    scan.handles >= 2,
    scan.handles >= 4,
    scan.handles > 0 && /^\s{0,4}@/.test(text),
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
  const left = { promo: 1, scam: 1, phishing: 1, pump_call: 1, injection: 1 }
  for (let hint = 0; hint < found.length; hint++) {
    if (found[hint] === 0) continue
    for (const rule of rulesOf[hint]!) if (holds(rule, found)) left[rule.flag] *= 1 - rule.weight
  }
  const share = found[reporting] === 1 ? REPORTED : 1
  return {
    promo: share * (1 - left.promo),
    scam: share * (1 - left.scam),
    phishing: share * (1 - left.phishing),
    pump_call: share * (1 - left.pump_call),
    injection: 1 - left.injection,
  }
}

/** What makes a text suspect, in the order of `TextFlag`. */
export function flagsOf(text: string): TextFlag[] {
  const scores = flagScores(text)
  return TextFlag.options.filter((flag) => scores[flag] >= FLAG_FROM)
}
