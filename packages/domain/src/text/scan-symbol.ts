import { putToken, type Tokens, trait } from './tokens.ts'
import { hashPrime, wordHash } from './word-hash.ts'

/** A character of another script, or an emoji: its own token, by code point. Answers where it ends. */
export function symbol(text: string, i: number, into: Tokens, between: number): number {
  const point = text.codePointAt(i)!
  const end = i + (point > 0xffff ? 2 : 1)
  putToken(into, symbolHash(point), trait.emoji, between, i, end)
  return end
}

/** The hash of a character that is a token by itself. */
const symbolHash = (point: number): number => Math.imul(point ^ 0x5bd1e995, hashPrime) | 1

/** `:)`, `:-(` and their kin at the beginning of a word: one token; 0 where there is none. */
export function emoticon(
  text: string,
  i: number,
  length: number,
  before: number,
  into: Tokens,
  between: number,
): number {
  const eyes = text.charCodeAt(i)
  if (before > 0x20 || i + 1 >= length || (eyes !== 0x3a && eyes !== 0x3b && eyes !== 0x3d)) return 0
  const nosed = text.charCodeAt(i + 1) === 0x2d ? 2 : 1
  const mouth = text.charCodeAt(i + nosed)
  const glad = mouth === 0x29 || mouth === 0x44
  if (!glad && mouth !== 0x28) return 0
  putToken(into, wordHash(glad ? ':)' : ':('), trait.emoji, between, i, i + nosed + 1)
  return i + nosed + 1
}
