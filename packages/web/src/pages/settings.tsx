import { lazy, Suspense, type ReactNode } from 'react'
import { useParams } from '@tanstack/react-router'
import { useSettings, useSettingSpecs } from '../data/settings.ts'
import { DisplaySection } from '../parts/settings/display-section.tsx'
import { LoadedSettings } from '../parts/settings/loaded-settings.tsx'
import { ProfileSection } from '../parts/settings/profile-section.tsx'
import { isSection, sections, type SectionId } from '../parts/settings/sections.ts'
import { SettingsNav } from '../parts/settings/settings-nav.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Problem } from '../parts/kit/problem.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { settingsTexts as text } from '../words/texts/settings.ts'

const KeysSection = lazy(() =>
  import('../parts/settings/keys-section.tsx').then((all) => ({ default: all.KeysSection })),
)
const SessionsSection = lazy(() =>
  import('../parts/settings/sessions-section.tsx').then((all) => ({ default: all.SessionsSection })),
)
const SecuritySection = lazy(() =>
  import('../parts/settings/security-section.tsx').then((all) => ({ default: all.SecuritySection })),
)
const DataSection = lazy(() =>
  import('../parts/settings/data-section.tsx').then((all) => ({ default: all.DataSection })),
)

/** What is not told by the schema of the settings. */
const others: Readonly<Partial<Record<SectionId, () => ReactNode>>> = {
  profile: () => <ProfileSection />,
  display: () => <DisplaySection />,
  keys: () => <KeysSection />,
  sessions: () => <SessionsSection />,
  security: () => <SecuritySection />,
  data: () => <DataSection />,
}

/** All that one may set, by sections. */
export function SettingsPage() {
  const { section: named = 'profile' } = useParams({ strict: false })
  const section = isSection(named) ? named : null
  const about = sections.find(({ id }) => id === section)
  return (
    <div className="grid gap-6 pt-4 lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-10">
      <div className="lg:sticky lg:top-20 lg:self-start">
        <p className="mb-3 text-xs font-semibold tracking-wide text-ink-3 uppercase">{text.title}</p>
        <SettingsNav section={section} />
      </div>
      <div className="grid min-w-0 max-w-6xl content-start gap-4">
        <header>
          <h1>{about?.label ?? text.title}</h1>
          <p className="mt-1 text-sm text-ink-2">{about?.lead ?? text.lead}</p>
        </header>
        {section === null && <Note tone="warn">{text.noSection}</Note>}
        {section !== null && <Suspense fallback={<Skeleton rows={6} />}>{others[section]?.()}</Suspense>}
        <Settings section={section} />
      </div>
    </div>
  )
}

/** Always there, so that what was changed in one section is not lost in another. */
function Settings({ section }: { section: SectionId | null }) {
  const settings = useSettings()
  const specs = useSettingSpecs()
  const isHere = section !== null && others[section] === undefined
  if (settings.data && specs.data)
    return <LoadedSettings settings={settings.data} specs={specs.data} section={isHere ? section : null} />
  if (!isHere) return null
  const isWaiting = settings.problem === null && specs.problem === null
  return (
    <>
      <Problem asked={settings} />
      {settings.problem === null && <Problem asked={specs} />}
      {isWaiting && <Skeleton rows={12} />}
    </>
  )
}
