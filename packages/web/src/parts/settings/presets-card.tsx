import type { SettingsChoice } from '@pumpiq/domain'
import { choosePreset, usePresets, type Preset } from '../../data/settings.ts'
import { shownValue, type SettingSpec } from '../../words/setting-specs.ts'
import { settingName } from '../../words/texts/setting-names.ts'
import { settingsTexts } from '../../words/texts/settings.ts'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/panel.tsx'
import { DoneNote } from './done-note.tsx'
import { valueAt } from './value-at.ts'
import { useUndoable } from './undo.ts'

const text = settingsTexts.presets

/** Ready-made choices, with all that each of them says. */
export function PresetsCard({ chosen, specs }: { chosen: SettingsChoice; specs: readonly SettingSpec[] }) {
  const presets = usePresets()
  const using = useUndoable(
    chosen,
    ({ id }: Preset) => choosePreset(id),
    ({ name }) => text.used(name),
  )
  return (
    <Panel title={text.title} hint={text.lead} asked={presets} rows={6}>
      {({ items }) => (
        <div className="grid gap-3">
          <DoneNote of={using} />
          <ul className="grid gap-3 sm:grid-cols-2">
            {items.map((preset) => (
              <li key={preset.id} className="flex flex-col gap-2 rounded-lg border border-line bg-raised p-3">
                <div className="flex items-start gap-2">
                  <h3 className="mr-auto">{preset.name}</h3>
                  <Button
                    small
                    busy={using.action.busy}
                    aria-label={`${text.use} ${preset.name}`}
                    onClick={() => void using.action.run(preset)}
                  >
                    {text.use}
                  </Button>
                </div>
                <p className="text-xs text-ink-2">{preset.summary}</p>
                <p className="mt-auto text-xs text-ink-3">{sayingsOf(preset, specs)}</p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}

const sayingsOf = ({ settings }: Preset, specs: readonly SettingSpec[]): string =>
  specs
    .map((spec) => ({ spec, value: valueAt(settings, spec.path) }))
    .filter(({ value }) => value !== undefined)
    .map(({ spec, value }) => `${settingName(spec.path)}: ${shownValue(spec, value)}`)
    .join(' · ')
