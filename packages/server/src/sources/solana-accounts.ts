import { isFailure } from '@pumpiq/domain'
import { z } from 'zod'

/** A base58 address as a node writes it. */
export const Address = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, 'expected an address in base58')

/** A whole number in a string, as nodes write a u64: JSON numbers would lose digits. */
export const U64 = z
  .string()
  .regex(/^\d{1,20}$/, 'expected a whole number in a string')
  .transform((text) => BigInt(text))

const Account = z.object({ owner: Address, data: z.tuple([z.base64(), z.literal('base64')]) })

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

/** An account by what `decode` makes of its bytes; null where there is none, or it belongs to another program than one that `isOurs`. */
export const accountOf = <T>(isOurs: (owner: string) => boolean, decode: (bytes: Uint8Array) => T) =>
  z.object({ value: Account.nullable() }).transform(({ value }, context): T | null => {
    if (value === null || !isOurs(value.owner)) return null
    try {
      return decode(bytesOf(value.data[0]))
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown
      context.addIssue(thrown.message)
      return z.NEVER
    }
  })

/** Pieces of accounts, so many bytes each, in the order they were asked for; null where there is no account or it is shorter. */
export const piecesOf = (length: number) =>
  z.object({ value: z.array(Account.nullable()) }).transform(({ value }) =>
    value.map((account) => {
      const bytes = account && bytesOf(account.data[0])
      return bytes?.length === length ? bytes : null
    }),
  )

/** The amounts that an owner's token accounts hold, summed; asked for with the eight bytes of the amount. */
export const HeldAmount = z
  .object({ value: z.array(z.object({ account: Account })) })
  .transform(({ value }, context): bigint => {
    const amounts = value.map(({ account }) => bytesOf(account.data[0]))
    if (amounts.some(({ length }) => length !== 8)) {
      context.addIssue('an amount has not eight bytes')
      return z.NEVER
    }
    return amounts.reduce((sum, bytes) => sum + Buffer.from(bytes).readBigUInt64LE(), 0n)
  })
export const amountSlice = {
  encoding: 'base64',
  commitment: 'confirmed',
  dataSlice: { offset: 64, length: 8 },
} as const
export const ownerSlice = {
  encoding: 'base64',
  commitment: 'confirmed',
  dataSlice: { offset: 32, length: 32 },
} as const
