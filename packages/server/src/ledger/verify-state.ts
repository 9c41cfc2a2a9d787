import type { Fault } from './fault.ts'
import type { RecordRead } from './read-line.ts'
import { firstPrevHash, type Sealed } from './seal.ts'

/** How far the lines have been verified. */
export type State = {
  mayWithhold: boolean
  /** Records whose body is not shown. */
  withheld: number
  /** The record before, when it is withheld: that its hash was altered shows in the next one alone. */
  hidden: { line: number; record: Sealed } | null
  faults: Fault[]
  faultCount: number
  line: number
  count: number
  /** The last record in order and its hash. */
  last: number
  lastHash: string
  /** What the next record must be sealed on; null when a line before it could not be read. */
  link: string | null
  /** Lines since `last` that could not be read: each may have been a record. */
  unread: number
  gaps: { from: number; to: number; line: number }[]
  /** Body or hash was altered; which, the next record's prevHash tells. */
  suspect: { line: number; record: Sealed; computed: string } | null
}

export function initialState(mayWithhold: boolean): State {
  return {
    mayWithhold,
    withheld: 0,
    hidden: null,
    faults: [],
    faultCount: 0,
    line: 0,
    count: 0,
    last: 0,
    lastHash: firstPrevHash,
    link: firstPrevHash,
    unread: 0,
    gaps: [],
    suspect: null,
  }
}

export type Readable = RecordRead & { readonly isWithheld: boolean }

const isHash = /^[0-9a-f]{64}$/

/** Nothing can be computed of what is withheld: it counts as what it says. */
export function readable(state: State, read: RecordRead): Readable {
  const { record, computed } = read
  const isWithheld = state.mayWithhold && record.body === 'null' && computed !== record.hash && isHash.test(record.hash)
  if (isWithheld) state.withheld += 1
  return { ...read, computed: isWithheld ? record.hash : computed, isWithheld }
}
