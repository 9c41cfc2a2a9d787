import { useState } from 'react'
import { useSystemSettings, type SystemSettings } from '../../data/admin.ts'
import { useSettingSpecs } from '../../data/settings.ts'
import { rangeOf, shownValue, type SettingSpec } from '../../words/setting-specs.ts'
import { instant } from '../../words/show.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { settingName } from '../../words/texts/setting-names.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/panel.tsx'
import { SettingDialog } from './setting-dialog.tsx'
import { chosenAt, lastChangeOf } from './system-settings.ts'

const text = peopleTexts.settings

/** What counts for everybody, who said it, and what comes of it. */
export function SettingsSection() {
  const settings = useSystemSettings()
  const specs = useSettingSpecs()
  const [open, setOpen] = useState<string | null>(null)
  const chosen = specs.data?.find(({ path }) => path === open)
  const { data } = settings
  // Both are needed; whichever fails says so.
  const both = settings.data === null || settings.problem !== null ? settings : { ...specs, data: specs.data && data }
  return (
    <div className="grid grid-cols-1 gap-5">
      <Panel title={text.title} hint={data ? text.version(data.version) : undefined} asked={both} rows={30}>
        {(shown) => (
          <>
            <p className="mb-3 max-w-3xl text-sm text-ink-2">{text.lead}</p>
            <ul className="grid grid-cols-1">
              {(specs.data ?? []).map((spec) => (
                <Row key={spec.path} spec={spec} shown={shown} onChange={() => setOpen(spec.path)} />
              ))}
            </ul>
          </>
        )}
      </Panel>
      <Panel
        title={text.changes}
        asked={{ ...settings, problem: null }}
        rows={2}
        empty={({ changes }) => (changes.length === 0 ? text.noChanges : null)}
      >
        {({ changes }) => <Changes changes={changes} />}
      </Panel>
      {data && chosen && (
        <SettingDialog key={chosen.path} spec={chosen} settings={data} onClose={() => setOpen(null)} />
      )}
    </div>
  )
}

type RowProps = { spec: SettingSpec; shown: SystemSettings; onChange: () => void }

function Row({ spec, shown, onChange }: RowProps) {
  const { path, description, effect, unit } = spec
  const value = chosenAt(shown.settings, path)
  // Lengths and probabilities bear theirs already.
  const bare = !['none', 'ms', 'probability'].includes(unit)
  const name = settingName(path)
  const own = chosenAt(shown.chosen, path) !== undefined
  const change = own ? lastChangeOf(shown.changes, path) : null
  const range = rangeOf(spec)
  return (
    <li className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 border-b border-line py-3 text-sm last:border-0 md:grid-cols-[1fr_18rem_auto]">
      <div className="min-w-0 max-md:col-span-2">
        <h3>{name}</h3>
        <p className="text-ink-2">{description}</p>
        <p className="text-xs text-ink-2">
          {text.effect(effect)} {range !== '' && `${text.allowed(range)}.`}
        </p>
      </div>
      <div className="min-w-0">
        <p className="num font-semibold">
          {shownValue(spec, value)}{' '}
          {value !== null && bare && <span className="text-xs font-normal text-ink-2">{unit}</span>}
        </p>
        <p className="text-xs text-ink-2">
          <Badge tone={own ? 'hold' : 'plain'}>{own ? text.here : text.builtIn}</Badge>{' '}
          {change ? text.by(change.by, instant(change.at)) : own && text.usual(shownValue(spec, spec.usual))}
        </p>
      </div>
      <div>
        <Button small aria-label={text.changeOf(name)} onClick={onChange}>
          {text.change}
        </Button>
      </div>
    </li>
  )
}

const Changes = ({ changes }: Pick<SystemSettings, 'changes'>) => (
  <ol className="grid gap-2 text-sm">
    {changes.map(({ version, by, at, chosen }) => (
      <li key={version} className="border-b border-line pb-2 last:border-0">
        <b>{text.changeLine(version, by)}</b> <span className="text-ink-2">{instant(at)}</span>
        <code className="block text-xs break-all text-ink-2">
          {Object.keys(chosen).length === 0 ? text.emptied : JSON.stringify(chosen)}
        </code>
      </li>
    ))}
  </ol>
)
