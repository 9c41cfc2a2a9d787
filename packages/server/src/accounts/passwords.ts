import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { Failure } from '@pumpiq/domain'

export type Hashing = {
  hash(password: string): Promise<string>
  verify(asked: { hash: string; password: string }): Promise<boolean>
}

/** The library's scrypt: salted, 16 MB and some tens of milliseconds each. */
export const scrypt: Hashing = { hash: hashPassword, verify: verifyPassword }

/** So many at once; others wait in line. More would take the threads that files and names are looked up by. */
const mostAtOnce = 2

/** The same, a few at a time. */
export function inLine({ hash, verify }: Hashing): Hashing {
  let free = mostAtOnce
  const line: (() => void)[] = []
  async function turn<T>(work: () => Promise<T>): Promise<T> {
    if (free > 0) free--
    else await new Promise<void>((go) => line.push(go))
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else free++
    }
  }
  return { hash: (password) => turn(() => hash(password)), verify: (asked) => turn(() => verify(asked)) }
}

/** Rows of keys, and orders that people count or spell in. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
]
const runs = [...rows, ...rows.map((row) => [...row].toReversed().join(''))]

/** What lists of the most used passwords are made of, beside what the rules here find. */
const favourites = [
  'password',
  'passwort',
  'passw',
  'letmein',
  'welcome',
  'iloveyou',
  'admin',
  'administrator',
  'login',
  'secret',
  'changeme',
  'default',
  'master',
  'dragon',
  'monkey',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'batman',
  'trustno',
  'whatever',
  'bitcoin',
  'ethereum',
  'crypto',
  'tothemoon',
  'hodl',
  'satoshi',
  'pumpiq',
  'pump',
]

/** Letters that are commonly written as digits or signs. */
const spelled: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const plain = (text: string) => text.replaceAll(/[013457@$!]/g, (sign) => spelled[sign]!)

/** How many characters are left to guess once what is in every guesser's list is taken out. */
function leftToGuess(password: string, known: readonly string[]): number {
  let rest = password.toLowerCase()
  for (const word of known) {
    rest = rest.replaceAll(word, '\u0001')
    if (plain(rest) !== rest && plain(rest).includes(word)) rest = plain(rest).replaceAll(word, '\u0001')
  }
  for (const run of runs)
    for (let length = run.length; length >= 4; length--)
      for (let from = 0; from + length <= run.length; from++)
        rest = rest.replaceAll(run.slice(from, from + length), '\u0001')
  // What is said twice is guessed once, and so is a year.
  rest = rest.replaceAll(/(?:19|20)\d\d/g, '\u0001')
  let before = ''
  while (before !== rest) [before, rest] = [rest, rest.replaceAll(/(.+?)\1+/gs, '$1')]
  return [...rest].length
}

/** The least that must be left of twelve characters or more. */
const leastLeft = 6

/**
 * Refuses (invalid) what is guessed first: repetitions, rows of keys, years, and words of the usual lists, of this service and of the address,
 * with too little beside them. Nothing else is asked of a password than its length.
 */
export function refuseGuessable(password: string, email: string | null): void {
  const [name = '', domain = ''] = email?.toLowerCase().split('@') ?? []
  const own = [name, ...name.split(/[._+-]/), domain.split('.')[0] ?? ''].filter((word) => word.length >= 3)
  const known = [...own, ...favourites].toSorted((a, b) => b.length - a.length)
  if (leftToGuess(password, known) >= leastLeft) return
  throw new Failure(
    'invalid',
    'this password is among the first that are guessed: take several words that have nothing to do with each other, with this service or with your address',
  )
}
