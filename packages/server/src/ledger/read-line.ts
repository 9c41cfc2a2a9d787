import { canonical } from '@pumpiq/domain'
import { chainHash, lineOf, type Sealed } from './seal.ts'

/** What one line says, before its place in the chain is looked at. */
export type LineRead =
  | RecordRead
  | { readonly is: 'nothing'; readonly what: 'broken JSON' | 'not a record'; readonly why: string }

export type RecordRead = {
  readonly is: 'record'
  readonly record: Sealed
  /** The hash that its own prevHash and body give. */
  readonly computed: string
  /** Byte position (from 1) at which the line leaves the only form it may have; null when it has it. */
  readonly strayAt: number | null
}

export const emptyLine = 'the line is empty'

// Strict: with replacement characters, two different byte strings would read as the same text.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const keys = ['seq', 'prevHash', 'hash', 'body'] as const

export function readLine(bytes: Uint8Array): LineRead {
  let text: string
  let parsed: unknown
  try {
    text = utf8.decode(bytes)
  } catch {
    return nothing('broken JSON', 'it is not UTF-8')
  }
  if (text.trim() === '') return nothing('not a record', emptyLine)
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    return nothing('broken JSON', (error as Error).message)
  }
  const fault = shapeFault(parsed)
  if (fault) return nothing('not a record', fault)
  const { seq, prevHash, hash, body } = parsed as { seq: number; prevHash: string; hash: string; body: unknown }
  const canonicalBody = canonicalOrNull(body)
  if (canonicalBody === null) return nothing('not a record', 'its body has no canonical form')
  const record = { seq, prevHash, hash, body: canonicalBody }
  const proper = lineOf(record)
  return {
    is: 'record',
    record,
    computed: chainHash(prevHash, canonicalBody),
    strayAt: proper === text ? null : strayPosition(bytes, Buffer.from(proper)),
  }
}

const nothing = (what: 'broken JSON' | 'not a record', why: string): LineRead => ({ is: 'nothing', what, why })

function shapeFault(parsed: unknown): string | null {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'it is no JSON object'
  const unknown = Object.keys(parsed).find((key) => !keys.some((known) => known === key))
  if (unknown !== undefined) return `it has a member ${JSON.stringify(unknown)}; allowed are ${keys.join(', ')}`
  const missing = keys.find((key) => !Object.hasOwn(parsed, key))
  if (missing) return `it lacks ${missing}`
  const { seq, prevHash, hash } = parsed as Record<(typeof keys)[number], unknown>
  if (typeof seq !== 'number') return 'seq is no number'
  if (typeof prevHash !== 'string') return 'prevHash is no text'
  return typeof hash === 'string' ? null : 'hash is no text'
}

/** Lone surrogates have none, and neither has what is nested deeper than the stack. */
function canonicalOrNull(body: unknown): string | null {
  try {
    return canonical(body)
  } catch {
    return null
  }
}

function strayPosition(bytes: Uint8Array, proper: Uint8Array): number {
  let i = 0
  while (i < bytes.length && i < proper.length && bytes[i] === proper[i]) i++
  return i + 1
}
