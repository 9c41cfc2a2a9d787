import { chanceOf, purpose } from './chance.ts'

const digits = { evm: '0123456789abcdef', solana: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz' }

/** An invented address in the form of the chain: the same for the same keys. */
export function addressOf(seed: number, chain: string, ...keys: readonly number[]): string {
  const form = chain === 'solana' ? 'solana' : 'evm'
  const { uniform } = chanceOf(seed, purpose.address, ...keys)
  const text = Array.from({ length: form === 'evm' ? 40 : 44 }, () => pick(digits[form], uniform())).join('')
  return form === 'evm' ? `0x${text}` : text
}

const pick = (from: string, chance: number): string => from[Math.floor(chance * from.length)]!

/** An address as it is written with capitals. Which letters are capital is a checksum outside; here all are. */
export const capitalised = (address: string): string =>
  address.startsWith('0x') ? `0x${address.slice(2).toUpperCase()}` : address

/** Whether both are one address: on EVM chains whatever their capitals. */
export const isSameAddress = (one: string, other: string): boolean =>
  one === other || (one.startsWith('0x') && one.toLowerCase() === other.toLowerCase())
