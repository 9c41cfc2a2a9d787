import type { StreamEvent } from '@pumpiq/api'

/** Events as JSON that wait to be told: what is sealed in its order, of the rest the newest of each subject. */
export type Batch = { readonly sealed: string[]; readonly latest: Map<string, string> }

export const emptyBatch = (): Batch => ({ sealed: [], latest: new Map() })

export const isEmpty = ({ sealed, latest }: Batch | SharedBatch): boolean => sealed.length === 0 && latest.size === 0

/** The subject of an event of which only the newest counts; null for what is sealed. */
export function subjectOf(event: StreamEvent): string | null {
  if (event.event === 'price') return `price ${event.token}`
  if (event.event === 'sources') return `source ${event.id}`
  return event.event === 'head' ? 'head' : null
}

/** What waits for several who want the same, of whom some may hear what is theirs alone. */
export type SharedBatch = {
  /** `owner` is the user whose own it is; null: everybody's. */
  readonly sealed: { readonly json: string; readonly owner: string | null }[]
  readonly latest: Map<string, string>
}

export const emptySharedBatch = (): SharedBatch => ({ sealed: [], latest: new Map() })

export function add(batch: SharedBatch, subject: string | null, json: string, owner: string | null): void {
  if (subject === null) batch.sealed.push({ json, owner })
  else batch.latest.set(subject, json)
}

/** Those of whom there is something of their own. */
export const ownersIn = ({ sealed }: SharedBatch): ReadonlySet<string> =>
  new Set(sealed.flatMap(({ owner }) => owner ?? []))

/** Of a batch what somebody may hear; null: what everybody may. */
export const batchFor = ({ sealed, latest }: SharedBatch, userId: string | null): Batch => ({
  sealed: sealed.flatMap(({ json, owner }) => (owner === null || owner === userId ? [json] : [])),
  latest,
})

export function merge(into: Batch, { sealed, latest }: Batch): void {
  into.sealed.push(...sealed)
  for (const [subject, json] of latest) into.latest.set(subject, json)
}

/** The ledger's length is told behind what it holds. */
export const listOf = ({ sealed, latest }: Batch): string[] => [...sealed, ...latest.values()]
