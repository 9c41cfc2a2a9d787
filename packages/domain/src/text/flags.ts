import { TextFlag } from '../words/claim.ts'
import { flagRules } from './flag-rules.ts'
import { crowdPhrases } from './flag-words-crowd.ts'
import { machinePhrases } from './flag-words-machine.ts'
import { scamPhrases } from './flag-words-scam.ts'
import { hiddenIn, type Hidden } from './flags-hidden.ts'
import { createPhrases } from './flags-phrases.ts'
import { scanText, type Scan } from './flags-scan.ts'
import { unmask } from './fold.ts'

/** How sure the rules are of each flag, in [0, 1). */
export type FlagScores = Readonly<Record<TextFlag, number>>

/** From here on a flag is set. */
export const FLAG_FROM = 0.5

/** A text that tells of fraud uses its words. What is left of a score then, so that a warning in front of a fraud does not clear it. */
const REPORTED = 0.7

const phrases = createPhrases({ ...scamPhrases, ...crowdPhrases, ...machinePhrases })

const features =
  'url chat short bait cheap dressed raw address handle manyHandles tag manyTags hugeTags cash manyCash emoji manyEmoji caps shout percent bigmult encoded role image tags hidden masked styled bidi stacked spaced'.split(
    ' ',
  )
const hints = new Map([...phrases.names, ...features].map((name, i) => [name, i]))
const firstFeature = phrases.names.length

function hintOf(name: string): number {
  const hint = hints.get(name)
  if (hint === undefined) throw new RangeError(`No phrase and no feature is called ${name}.`)
  return hint
}

type Rule = { readonly weight: number; readonly with: readonly number[]; readonly without: readonly number[] }

const rules = TextFlag.options.map((flag) => ({
  flag,
  rules: flagRules[flag].map(([weight, hintNames]): Rule => {
    const names = hintNames.split(' ')
    return {
      weight,
      with: names.filter((name) => !name.startsWith('!')).map(hintOf),
      without: names.filter((name) => name.startsWith('!')).map((name) => hintOf(name.slice(1))),
    }
  }),
}))
const reporting = hintOf('reporting')

/** Marks of a chat between a person and a model, and a picture whose address carries data. */
const roleMarks = [
  '<|',
  '[INST',
  '<<SYS',
  '<system',
  '</system',
  '### Inst',
  '### Sys',
  '[system]',
  'system:',
  'System:',
  'SYSTEM:',
]
const hasRole = (text: string): boolean => roleMarks.some((mark) => text.includes(mark))
const hasDataImage = (text: string): boolean => text.includes('![') && /!\[[^\]]{0,80}\]\([^)\s]{0,300}[?&{]/.test(text)

/** The features in the order of their names. */
function featuresOf(text: string, scan: Scan, hidden: Hidden): readonly boolean[] {
  const { faults } = scan
  return [
    scan.urls > 0,
    faults.has('contact'),
    faults.has('short'),
    faults.has('bait'),
    faults.has('cheap'),
    faults.has('dressed'),
    faults.has('raw'),
    scan.addresses > 0,
    scan.handles > 0,
    scan.handles >= 4,
    scan.tags > 0,
    scan.tags >= 4,
    scan.tags >= 7,
    scan.cashtags > 0,
    scan.cashtags >= 4,
    scan.pictures >= 3,
    scan.pictures >= 7,
    scan.words >= 5 && scan.shouted / scan.words >= 0.3,
    scan.exclaims >= 3,
    text.includes('%'),
    /\d{2,}x\b/i.test(text),
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

function scoreOf(own: readonly Rule[], found: Uint8Array): number {
  let none = 1
  for (const rule of own) {
    let holds = true
    for (let i = 0; holds && i < rule.with.length; i++) holds = found[rule.with[i]!] === 1
    for (let i = 0; holds && i < rule.without.length; i++) holds = found[rule.without[i]!] === 0
    if (holds) none *= 1 - rule.weight
  }
  return 1 - none
}

/** What of all phrases and features a text has. */
function hintsIn(text: string): Uint8Array {
  const plain = unmask(text)
  const scan = scanText(plain, phrases.wordId)
  const found = new Uint8Array(hints.size)
  found.set(phrases.find(scan.ids))
  featuresOf(plain, scan, hiddenIn(text)).forEach((has, i) => {
    if (has) found[firstFeature + i] = 1
  })
  return found
}

/** How much a text looks like promotion, fraud, phishing, a call to pump a coin, or words to a machine. Any string; linear time. */
export function flagScores(text: string): FlagScores {
  const found = hintsIn(text)
  const isReport = found[reporting] === 1
  const scores = { promo: 0, scam: 0, phishing: 0, pump_call: 0, injection: 0 }
  for (const { flag, rules: own } of rules)
    scores[flag] = scoreOf(own, found) * (isReport && flag !== 'injection' ? REPORTED : 1)
  return scores
}

/** What makes a text suspect, in the order of `TextFlag`. */
export function flagsOf(text: string): TextFlag[] {
  const scores = flagScores(text)
  return TextFlag.options.filter((flag) => scores[flag] >= FLAG_FROM)
}
