import { clsx } from 'clsx'
import { Link, settingsSectionPath, useGo } from '../../paths.tsx'
import { settingsTexts as text } from '../../words/texts/settings.ts'
import { SelectField } from '../kit/field.tsx'
import { sections, type SectionId } from './sections.ts'

/** Beside the section on a desk; one list to choose from on a phone. */
export function SettingsNav({ section }: { section: SectionId | null }) {
  const go = useGo()
  return (
    <>
      <SelectField
        className="lg:hidden"
        label={text.nav}
        hideLabel
        value={section ?? ''}
        onChange={(event) => go?.(settingsSectionPath(event.target.value))}
      >
        {section === null && <option value="">{text.title}</option>}
        {sections.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </SelectField>
      <nav aria-label={text.nav} className="hidden gap-0.5 lg:grid">
        {sections.map(({ id, label }) => (
          <Link
            key={id}
            to={settingsSectionPath(id)}
            current={id === section}
            className={clsx(
              'rounded-lg px-3 py-1.5 text-sm no-underline',
              id === section
                ? 'bg-card font-semibold text-ink shadow-card ring-1 ring-line'
                : 'text-ink-2 hover:bg-raised hover:text-ink',
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
    </>
  )
}
