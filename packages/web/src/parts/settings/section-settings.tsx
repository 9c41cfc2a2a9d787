import type { UserSettingsShown } from '@pumpiq/api'
import type { Mode, RiskTolerance, Weights } from '@pumpiq/domain'
import { weightsOf } from '@pumpiq/domain'
import type { SettingSpec } from '../../words/setting-specs.ts'
import { settingsTexts as text } from '../../words/texts/settings.ts'
import { Card } from '../kit/card.tsx'
import type { Draft } from './draft.ts'
import { LeanCard } from './lean-card.tsx'
import { PresetsCard } from './presets-card.tsx'
import { sectionOf, type SectionId } from './sections.ts'
import { Origin, SettingRow, Taking } from './setting-row.tsx'
import { TransferCard } from './transfer-card.tsx'
import { WeightSliders } from './weight-sliders.tsx'

type Props = { settings: UserSettingsShown; specs: readonly SettingSpec[]; draft: Draft }

/** The settings of one section, as the schema lists them. */
export function SectionSettings({ section, ...all }: Props & { section: SectionId }) {
  const { settings, specs, draft } = all
  const own = specs.filter(({ path, shape }) => sectionOf(path) === section && shape !== 'weights')
  const isAnalysis = section === 'analysis'
  return (
    <>
      {isAnalysis && <WeightsAndLean {...all} />}
      <Card>
        {own
          .filter(({ path }) => !isAnalysis || path !== 'mode')
          .map((spec) => {
            const shown = settings.origins[spec.path]
            return shown && <SettingRow key={spec.path} spec={spec} shown={shown} tier={settings.tier} draft={draft} />
          })}
      </Card>
      {isAnalysis && <PresetsCard chosen={settings.chosen} specs={specs} />}
      {isAnalysis && <TransferCard chosen={settings.chosen} />}
    </>
  )
}

function WeightsAndLean({ settings, specs, draft }: Props) {
  const drafted = <T,>(path: string, usual: T): T => {
    const change = draft.changes[path]
    return change != null && 'value' in change ? (change.value as T) : usual
  }
  const { mode: modeNow, weights: weightsNow, riskTolerance: riskNow } = settings.settings
  const mode = drafted<Mode>('mode', modeNow)
  const weights = drafted<Weights>('weights', weightsNow)
  const riskTolerance = drafted<RiskTolerance>('riskTolerance', riskNow)
  const modeSpec = specs.find(({ path }) => path === 'mode')
  const weightsSpec = specs.find(({ path }) => path === 'weights')
  const shownMode = settings.origins['mode']
  const shownWeights = settings.origins['weights']
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <Card>
        {modeSpec && shownMode && (
          <SettingRow spec={modeSpec} shown={shownMode} tier={settings.tier} draft={draft} stacked />
        )}
        {weightsSpec && shownWeights && (
          <div className="mt-4 grid gap-3 border-t border-line pt-4">
            <div>
              <h3>{text.weights.title}</h3>
              <p className="mt-0.5 text-sm text-ink-2">{weightsSpec.description}</p>
            </div>
            <WeightSliders
              weights={weights}
              disabled={mode !== 'hybrid'}
              onChange={(next) => draft.set('weights', { value: next })}
            />
            <Origin spec={weightsSpec} shown={shownWeights} tier={settings.tier} />
            <Taking
              spec={weightsSpec}
              shown={shownWeights}
              draft={draft}
              isDrafted={draft.changes['weights'] !== undefined}
            />
          </div>
        )}
      </Card>
      <LeanCard hearing={{ mode, riskTolerance, weights: weightsOf(mode, weights) }} />
    </div>
  )
}
