import type { Head } from './seal.ts'

export type FaultKind =
  | 'broken JSON'
  | 'torn line'
  | 'not a record'
  | 'not canonical bytes'
  | 'altered body'
  | 'altered hash'
  | 'altered prevHash'
  | 'altered seq'
  | 'broken link'
  | 'missing record'
  | 'reordered'
  | 'duplicated'
  | 'other head'

/** `line` counts from 1; `seq` is the record it is about, null where the line does not tell. */
export type Fault = {
  readonly line: number
  readonly seq: number | null
  readonly what: FaultKind
  readonly detail: string
}

export type Verdict = {
  readonly ok: boolean
  /** Records read, sound or not. */
  readonly count: number
  /** Those of them whose content is withheld. */
  readonly withheld: number
  /** The last record in order, when there is one. */
  readonly head: Head | null
  /** By line; at most `keptFaults` of them. */
  readonly faults: readonly Fault[]
  readonly faultCount: number
}

/** A file that is wrong throughout must not fill the memory: the first so many faults are kept, all are counted. */
export const keptFaults = 10_000

/** One sentence for people. */
export const showFault = ({ line, seq, what, detail }: Fault): string =>
  `line ${line}${seq === null ? '' : `, record ${seq}`}: ${what}: ${detail}`
