import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { Role } from '@pumpiq/api'
import { operationsPath } from '../../paths.tsx'
import { operationsTexts as text } from '../../words/texts/operations.ts'

/** What a section is told of whoever looks. */
export type SectionProps = { readonly isAdmin: boolean }
type Section = {
  readonly id: string
  readonly label: string
  /** The least role that is shown it. */
  readonly needs: 'analyst' | 'admin'
  readonly Body: LazyExoticComponent<ComponentType<SectionProps>>
}

const { sections: labels } = text
const analyst = 'analyst' as const
const admin = 'admin' as const

/** Each is loaded when it is gone to. */
export const sections: readonly Section[] = [
  {
    id: 'overview',
    label: labels.overview,
    needs: analyst,
    Body: lazy(async () => ({ default: (await import('./overview.tsx')).Overview })),
  },
  {
    id: 'sources',
    label: labels.sources,
    needs: analyst,
    Body: lazy(async () => ({ default: (await import('./sources-section.tsx')).SourcesSection })),
  },
  {
    id: 'jobs',
    label: labels.jobs,
    needs: analyst,
    Body: lazy(async () => ({ default: (await import('./jobs-section.tsx')).JobsSection })),
  },
  {
    id: 'model',
    label: labels.model,
    needs: analyst,
    Body: lazy(async () => ({ default: (await import('./model-section.tsx')).ModelSection })),
  },
  {
    id: 'users',
    label: labels.users,
    needs: admin,
    Body: lazy(async () => ({ default: (await import('./users-section.tsx')).UsersSection })),
  },
  {
    id: 'tiers',
    label: labels.tiers,
    needs: analyst,
    Body: lazy(async () => ({ default: (await import('./tiers-section.tsx')).TiersSection })),
  },
  {
    id: 'settings',
    label: labels.settings,
    needs: admin,
    Body: lazy(async () => ({ default: (await import('./settings-section.tsx')).SettingsSection })),
  },
  {
    id: 'audit',
    label: labels.audit,
    needs: admin,
    Body: lazy(async () => ({ default: (await import('./audit-section.tsx')).AuditSection })),
  },
]

export const sectionPath = (id: string): string => (id === 'overview' ? operationsPath : `${operationsPath}/${id}`)

/** Why a section is not shown to a role; null where it is. */
export function refusalOf(needs: Section['needs'], role: Role | null): string | null {
  if (role === 'admin' || (role === 'analyst' && needs === 'analyst')) return null
  const { refused } = text
  return role === null ? refused.signedOut : refused.role(role, needs === 'admin' ? refused.adminOnly : refused.analyst)
}
