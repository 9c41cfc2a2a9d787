import { shownNumber } from '../words/numbers.ts'
import { labelOf } from '../signals/index.ts'
import type { Reading } from '../words/reading.ts'

export type Prose = { readonly text: string } | { readonly fault: string }

/** Of one sentence or clause. */
const longest = 240

const reference = /\{([a-z]+\.[a-z0-9-]{1,40})\}/gi

/** A number may come from us only: digits of any script, number words, and what multiplies or measures. */
const numbers =
  /\p{N}|[%$€£¥‰]|\b(zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(dozen|hundred|thousand|million|billion|trillion|quarter)s?|per ?cent|(doubl|tripl|quadrupl|quintupl)(e[sd]?|ing)|twice|thrice|\w+fold|half|hal(ve[sd]?|ving))\b/iu

/** What nobody can know is not said in our name. */
const promises =
  /\b(guarantee\w*|certain\w*|risk[- ]?free|no risk|sure(ly)?|definite\w*|undoubt\w*|cannot (lose|fail)|can'?t (lose|fail)|never (falls?|fails?|loses?)|always (rises?|wins?)|to the moon|moonshot|all[- ]in|easy money|buy now|act now|must buy)\b/i

/** Letters of one script, plain punctuation: no mark-up, no addresses, nothing invisible. */
const plain = /^[\p{Script=Latin} .,;:'’()/&+-]*$/u
const address = /(https?:|www\.|:\/\/|\b[a-z0-9-]+\.(com|io|org|net|xyz|app|me|gg|co|ru|info|link)\b)/i

/**
 * A sentence of a model as it may be shown: plain text in which each number is a reading's, rendered by us and followed by its [id]. It is
 * refused whole when it holds a number of its own, a promise, mark-up, an address or a reading that is not there.
 */
export function proseOf(sentence: string, readings: readonly Reading[]): Prose {
  const text = sentence.trim()
  if (text === '') return { fault: 'it is empty' }
  if (text.length > longest) return { fault: `it is longer than ${longest} characters` }
  const unknown = [...text.matchAll(reference)].find(([, id]) => !readings.some((reading) => reading.id === id))
  if (unknown) return { fault: `it refers to ${unknown[1]}, which is no reading of the dossier` }
  const bare = text.replaceAll(reference, '')
  // Words are known by their plain letters, whatever forms and accents they borrow.
  const told = bare.normalize('NFKD').replaceAll(/\p{M}/gu, '')
  if (numbers.test(bare) || numbers.test(told)) return { fault: 'it holds a number of its own' }
  if (promises.test(told)) return { fault: 'it promises what nobody can know' }
  if (!plain.test(bare) || address.test(bare)) return { fault: 'it is not plain text' }
  return { text: text.replaceAll(reference, (_, id: string) => shown(readings.find((reading) => reading.id === id)!)) }
}

/** A reading in a sentence, behind the words that it bears out. */
const shown = ({ id, value, unit }: Reading): string => `(${labelOf(id)}: ${shownNumber(value)} ${unit}) [${id}]`
