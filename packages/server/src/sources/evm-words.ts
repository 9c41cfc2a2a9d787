import { z } from 'zod'

const wordHex = 64

/** A number as nodes write it, without leading zeros. */
export const Quantity = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/, 'expected a number in hex')
  .transform((text) => BigInt(text))

/** At least so many words of 32 bytes; null where there is no such contract, no such function, or it reverts. */
export const words = (least: number) =>
  z
    .string()
    .regex(/^0x([0-9a-fA-F]{64})*$/, 'expected words of 32 bytes in hex')
    .nullable()
    .transform((text, context): bigint[] | null => {
      if (text === null || text === '0x') return null
      const count = (text.length - 2) / wordHex
      const all = Array.from({ length: count }, (_, i) =>
        BigInt(`0x${text.slice(2 + i * wordHex, 2 + (i + 1) * wordHex)}`),
      )
      if (count >= least) return all
      context.addIssue(`expected ${least} words, not ${count}`)
      return z.NEVER
    })

/** The one word of a plain getter. */
export const Word = words(1).transform((all) => all?.[0] ?? null)

/** A word that is an address; null where there is none. */
export const AddressWord = Word.transform((word, context): string | null => {
  if (word === null || word === 0n) return null
  if (word < 2n ** 160n) return `0x${word.toString(16).padStart(40, '0')}`
  context.addIssue('expected an address')
  return z.NEVER
})

/** What asks a contract: a selector and its arguments, each a word. */
export const callData = (selector: string, ...args: readonly (string | number)[]): string =>
  selector +
  args.map((arg) => (typeof arg === 'number' ? arg.toString(16) : arg.slice(2)).padStart(wordHex, '0')).join('')
