import { seededRandom } from '../platform/random.ts'
import type { Answered } from './every-operation.ts'

const signs = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'

/** Where something was looked for, and all that stands there. */
export type Place = { readonly name: string; readonly text: string }

export type Plants = ReturnType<typeof createPlants>

/** Secrets that are known, so that they can be looked for. */
export function createPlants(seed: number) {
  const random = seededRandom(seed)
  const planted = new Map<string, string>()

  function know(what: string, secret: string): string {
    if (secret.length < 10) throw new Error(`${what} is too short to be looked for`)
    planted.set(secret, what)
    return secret
  }

  return {
    know,
    /** One that nobody could have chosen. */
    make: (what: string, length = 32): string =>
      know(what, Array.from({ length }, () => signs[Math.floor(random() * signs.length)]).join('')),
    size: () => planted.size,
    /** What was found where, in words without the secret itself. */
    foundIn(places: readonly Place[]): string[] {
      const found = new Set<string>()
      for (const { name, text } of places)
        for (const [secret, what] of planted) if (text.includes(secret)) found.add(`${what} in ${name}`)
      return [...found]
    },
  }
}

/** What was answered, but for what is told to its owner this once: there it is known from then on, and blanked out. */
export function createOnce(answers: readonly Answered[], plants: Plants) {
  const told = new Map<Answered, string[]>()
  return {
    /** Of the newest answer of an operation. */
    tell(operation: string, what: string, ...secrets: readonly string[]): void {
      const answer = answers.findLast((one) => one.operation === operation)
      if (!answer) throw new Error(`${operation} was not asked`)
      for (const secret of secrets) plants.know(what, secret)
      told.set(answer, [...(told.get(answer) ?? []), ...secrets])
    },
    places: (): Place[] =>
      answers.map((answer) => ({
        name: `the answer ${answer.status} of ${answer.method} ${answer.operation}`,
        text: (told.get(answer) ?? []).reduce((text, secret) => text.replaceAll(secret, ''), answer.text),
      })),
  }
}
