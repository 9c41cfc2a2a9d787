import type { AuditOutcome } from '@pumpiq/api'
import type { AuditFilter } from '../../data/admin.ts'

export const outcomes: readonly AuditOutcome[] = ['done', 'refused', 'failed']

const named = ['user', 'operation', 'target'] as const
const timed = ['from', 'to'] as const

/** What an address chooses of the audit log; what is no such choice is left out. */
export function auditFilterOf(search: string): AuditFilter {
  const said = new URLSearchParams(search)
  const of = (name: string) => said.get(name)?.trim() ?? ''
  const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))
  const outcome = outcomes.find((one) => one === of('outcome'))
  const chosen = [
    ...named.map((name) => [name, of(name)] as const).filter(([, text]) => /^[\w.:@-]{1,200}$/.test(text)),
    ...timed.map((name) => [name, of(name)] as const).filter(([, text]) => isInstant(text)),
  ]
  const filter: AuditFilter = Object.fromEntries<string>(chosen)
  return { ...filter, ...(outcome && { outcome }) }
}

/** The same as the search of an address; empty where nothing is chosen. */
export function searchOf(filter: AuditFilter): string {
  const chosen = Object.entries(filter).filter(([, value]) => value !== '')
  return chosen.length === 0 ? '' : `?${new URLSearchParams(chosen).toString()}`
}
