import type { UserSettingsShown } from '@pumpiq/api'
import type { SettingSpec } from '../../words/setting-specs.ts'
import { useDraft } from './draft.ts'
import { SaveBar } from './save-bar.tsx'
import { SectionSettings } from './section-settings.tsx'
import type { SectionId } from './sections.ts'

type Props = { settings: UserSettingsShown; specs: readonly SettingSpec[]; section: SectionId | null }

/** One draft for all sections: what was changed waits to be saved, wherever one looks. */
export function LoadedSettings({ settings, specs, section }: Props) {
  const draft = useDraft(settings, specs)
  return (
    <>
      {section !== null && <SectionSettings section={section} settings={settings} specs={specs} draft={draft} />}
      <SaveBar draft={draft} />
    </>
  )
}
