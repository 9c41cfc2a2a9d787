import type { StreamEvent } from '@pumpiq/api'

/** Events as JSON that wait to be told: what is sealed in its order, of the rest the newest of each subject. */
export type Batch = { readonly sealed: string[]; readonly latest: Map<string, string> }

export const emptyBatch = (): Batch => ({ sealed: [], latest: new Map() })

export const isEmpty = ({ sealed, latest }: Batch): boolean => sealed.length === 0 && latest.size === 0

/** The subject of an event of which only the newest counts; null for what is sealed. */
export function subjectOf(event: StreamEvent): string | null {
  if (event.event === 'price') return `price ${event.token}`
  if (event.event === 'sources') return `source ${event.id}`
  return event.event === 'head' ? 'head' : null
}

export function add({ sealed, latest }: Batch, subject: string | null, json: string): void {
  if (subject === null) sealed.push(json)
  else latest.set(subject, json)
}

export function merge(into: Batch, { sealed, latest }: Batch): void {
  into.sealed.push(...sealed)
  for (const [subject, json] of latest) into.latest.set(subject, json)
}

/** The ledger's length is told behind what it holds. */
export const listOf = ({ sealed, latest }: Batch): string[] => [...sealed, ...latest.values()]
