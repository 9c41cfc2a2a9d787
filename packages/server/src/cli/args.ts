import { parseArgs } from 'node:util'
import { Failure, fromIso } from '@pumpiq/domain'

/** Text of an option to its value; throws Failure invalid that names the option, the text and what is allowed. */
export type Reader<T> = (text: string, option: string) => T

export type Option<T> = {
  readonly takes: 'nothing' | 'one' | 'many'
  /** Given the texts in the order they were written; empty when the option was not given. */
  read(texts: readonly string[], option: string): T
}

export type Positionals = { readonly min: number; readonly max: number; readonly what: string }

type Spec = Readonly<Record<string, Option<unknown>>>
type Values<S extends Spec> = { [K in keyof S]: S[K] extends Option<infer T> ? T : never }

const refused = (option: string, text: string, allowed: string): Failure =>
  new Failure('invalid', `--${option} ${JSON.stringify(text)}: allowed is ${allowed}`)

export const flag = (): Option<boolean> => ({ takes: 'nothing', read: (texts) => texts.length > 0 })

export const optional = <T>(read: Reader<T>): Option<T | undefined> => ({
  takes: 'one',
  read: (texts, option) => (texts[0] === undefined ? undefined : read(texts[0], option)),
})

export const withDefault = <T>(read: Reader<T>, otherwise: T): Option<T> => ({
  takes: 'one',
  read: (texts, option) => (texts[0] === undefined ? otherwise : read(texts[0], option)),
})

export const required = <T>(read: Reader<T>): Option<T> => ({
  takes: 'one',
  read(texts, option) {
    if (texts[0] === undefined) throw new Failure('invalid', `--${option} is missing: it is required`)
    return read(texts[0], option)
  },
})

/** May be given again and again; `min` says how often it must be. */
export const repeated = <T>(read: Reader<T>, min = 1): Option<readonly T[]> => ({
  takes: 'many',
  read(texts, option) {
    if (texts.length < min) {
      throw new Failure(
        'invalid',
        `--${option} is missing: it must be given at least ${min === 1 ? 'once' : `${min} times`}`,
      )
    }
    return texts.map((text) => read(text, option))
  },
})

export const text: Reader<string> = (given, option) => {
  if (given.trim() === '') throw refused(option, given, 'any text that is not empty')
  return given
}

type Range = { readonly min?: number; readonly max?: number }

const rangeOf = ({ min, max }: Range): string =>
  min === undefined && max === undefined ? '' : ` from ${min ?? 'any'} to ${max ?? 'any'}`

export const number =
  (range: Range = {}): Reader<number> =>
  (given, option) => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(given) ? Number(given) : Number.NaN
    const inside = value >= (range.min ?? -Infinity) && value <= (range.max ?? Infinity)
    if (!inside) throw refused(option, given, `a decimal number${rangeOf(range)}`)
    return value
  }

export const integer =
  (range: Range = {}): Reader<number> =>
  (given, option) => {
    const value = /^[+-]?\d+$/.test(given) ? Number(given) : Number.NaN
    const inside = Number.isSafeInteger(value) && value >= (range.min ?? -Infinity) && value <= (range.max ?? Infinity)
    if (!inside) throw refused(option, given, `a whole number${rangeOf(range)}`)
    return value
  }

export const oneOf =
  <const T extends string>(allowed: readonly T[]): Reader<T> =>
  (given, option) => {
    const found = allowed.find((name) => name === given)
    if (found === undefined) throw refused(option, given, `one of ${allowed.join(', ')}`)
    return found
  }

/** ISO 8601 to epoch milliseconds. */
export const instant: Reader<number> = (given, option) => fromIso(given, `--${option}`)

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `15m`, `4h`, `1d` to milliseconds. */
export const duration: Reader<number> = (given, option) => {
  const [, count = '', unit = ''] = /^([1-9]\d{0,5})([mhd])$/.exec(given) ?? []
  if (count === '') throw refused(option, given, 'a whole number of minutes, hours or days such as 15m, 4h, 1d')
  return Number(count) * unitMs[unit as keyof typeof unitMs]
}

/**
 * Reads arguments by a table of options. Refused by name: an option that is not in the table, one given twice that may be given once, a
 * missing or needless value, too few or too many positionals.
 */
export function readArgs<const S extends Spec>(
  args: readonly string[],
  spec: S,
  positionals: Positionals = { min: 0, max: 0, what: 'no argument' },
): { values: Values<S>; positionals: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(spec).map(([name, { takes }]) => [
      name,
      { type: takes === 'nothing' ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const texts = new Map<string, string[]>()
  const rest: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') rest.push(token.value)
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(spec, token.name) ? spec[token.name] : undefined
    if (!option) throw unknownOption(token.rawName, spec)
    const given = texts.get(token.name) ?? []
    if (given.length > 0 && option.takes !== 'many')
      throw new Failure('invalid', `--${token.name} is given twice: it may be given once`)
    texts.set(token.name, [...given, option.takes === 'nothing' ? noValue(token) : oneValue(token)])
  }
  if (rest.length < positionals.min || rest.length > positionals.max) throw wrongCount(rest, positionals)
  const values = Object.fromEntries(
    Object.entries(spec).map(([name, option]) => [name, option.read(texts.get(name) ?? [], name)]),
  )
  return { values: values as Values<S>, positionals: rest }
}

type Written = {
  readonly name: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function noValue({ name, value }: Written): string {
  if (value !== undefined) throw new Failure('invalid', `--${name} takes no value, ${JSON.stringify(value)} was given`)
  return ''
}

// `--candles --json`: the parser would take `--json` for a file's name.
function oneValue({ name, value, inlineValue }: Written): string {
  if (value === undefined || (!inlineValue && value.startsWith('--')))
    throw new Failure('invalid', `--${name} needs a value`)
  return value
}

const unknownOption = (raw: string, spec: Spec): Failure =>
  new Failure(
    'invalid',
    `unknown option ${raw}: allowed are ${[...Object.keys(spec), 'help'].map((name) => `--${name}`).join(', ')}`,
  )

function wrongCount(given: readonly string[], { min, max, what }: Positionals): Failure {
  const count = min === max ? `${min}` : `${min} to ${max}`
  const said = given.length === 0 ? 'none was given' : `${given.length} given: ${given.join(' ')}`
  return new Failure(
    'invalid',
    max === 0 ? `unexpected argument ${JSON.stringify(given[0])}` : `${what}: ${count} expected, ${said}`,
  )
}
