/**
 * What a word does to the reading of a sentence. `up` and `down` move what is near them, a good or a bad object; `value` is good or bad
 * by itself; what is `mild`
 * is what everybody in business does all day and what is news in crypto: launches, alliances, offers; `calm` marks writing that tells no news; `crypto` only says what the text is about.
 */
export type WordKind =
  | 'value'
  | 'mild'
  | 'up'
  | 'down'
  | 'good-object'
  | 'bad-object'
  | 'not'
  | 'more'
  | 'less'
  | 'but'
  | 'despite'
  | 'calm'
  | 'compare'
  | 'crypto'

/**
 * Kind, weight in tenths, words between spaces. Behind a word `~` stands for the forms of a regular verb and `+` for a plural; `_` joins
 * the words of a phrase; `#` is any number.
 */
export type WordList = readonly [kind: WordKind, weight: number, words: string]

/** Every form that an entry of a word list stands for, the words of a phrase parted by spaces. */
export function formsOf(entry: string): readonly string[] {
  let forms: readonly string[] = ['']
  for (const word of entry.split('_')) {
    const own = word.endsWith('~')
      ? verbForms(word.slice(0, -1))
      : word.endsWith('+')
        ? plural(word.slice(0, -1))
        : [word]
    forms = forms.flatMap((before) => own.map((form) => (before === '' ? form : `${before} ${form}`)))
  }
  return forms
}

function verbForms(verb: string): readonly string[] {
  if (verb.endsWith('e')) return [verb, `${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`]
  if (/[^aeiou]y$/.test(verb)) {
    const stem = verb.slice(0, -1)
    return [verb, `${stem}ies`, `${stem}ied`, `${verb}ing`]
  }
  return [verb, /(s|sh|ch|x|z)$/.test(verb) ? `${verb}es` : `${verb}s`, `${verb}ed`, `${verb}ing`]
}

const plural = (noun: string): readonly string[] => [noun, /(s|sh|ch|x)$/.test(noun) ? `${noun}es` : `${noun}s`]
