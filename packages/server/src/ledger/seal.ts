import { canonical } from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'

/** The last record's number and hash: what the next one is sealed on. */
export type Head = { readonly seq: number; readonly hash: string }

/** One record of the chain. `body` is RFC 8785 canonical JSON text: it is hashed, kept and exported as it is. */
export type Sealed = { readonly seq: number; readonly prevHash: string; readonly hash: string; readonly body: string }

/** What the first record is sealed on. */
export const firstPrevHash = '0'.repeat(64)

/** SHA-256 of `prevHash`, a line feed and the canonical body, as lower-case hex. */
export const chainHash = (prevHash: string, body: string): string => sha256Hex(`${prevHash}\n${body}`)

/** Pure: the record that follows `prev` (null: none yet). Failure invalid names the path of what JSON cannot say canonically. */
export function seal(prev: Head | null, body: unknown): Sealed {
  const text = canonical(body)
  const prevHash = prev?.hash ?? firstPrevHash
  return { seq: (prev?.seq ?? 0) + 1, prevHash, hash: chainHash(prevHash, text), body: text }
}

/** A record's only byte form in an export and in the ledger file; the line feed behind it is not part of it. */
export const lineOf = ({ seq, prevHash, hash, body }: Sealed): string =>
  `{"seq":${seq},"prevHash":"${prevHash}","hash":"${hash}","body":${body}}`
