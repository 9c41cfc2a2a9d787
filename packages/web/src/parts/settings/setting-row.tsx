import { clsx } from 'clsx'
import type { SettingShown } from '@pumpiq/api'
import { rangeOf, shownValue, type SettingSpec } from '../../words/setting-specs.ts'
import { settingName } from '../../words/texts/setting-names.ts'
import { settingsTexts as text } from '../../words/texts/settings.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import type { Draft } from './draft.ts'
import { SettingControl } from './setting-control.tsx'

type Props = {
  spec: SettingSpec
  shown: SettingShown
  tier: string
  draft: Draft
  /** In a narrow card: what it is changed by stands below. */
  stacked?: boolean
}

/** One setting: what it is, what counts and who said it, what it may be, and the change to it. */
export function SettingRow({ spec, shown, tier, draft, stacked = false }: Props) {
  const { path } = spec
  const drafted = draft.changes[path]
  const range = spec.shape === 'choice' || spec.shape === 'flag' ? '' : rangeOf(spec)
  return (
    <div
      id={path}
      className={clsx(
        'grid gap-x-8 gap-y-3 border-t border-line py-4 first:border-t-0 first:pt-0 last:pb-0',
        !stacked && 'md:grid-cols-[minmax(0,1fr)_19rem]',
      )}
    >
      <div className="min-w-0">
        <h3>{settingName(path)}</h3>
        <p className="mt-0.5 text-sm text-ink-2">{spec.description}</p>
        <p className="mt-0.5 text-xs text-ink-3">{text.effect(spec.effect)}</p>
      </div>
      <div className="grid content-start gap-1.5">
        <SettingControl spec={spec} shown={shown} draft={draft} />
        <Origin spec={spec} shown={shown} tier={tier} />
        {shown.bounded !== undefined && (
          <p className="text-xs text-avoid">
            <b>{text.bounded}</b> {shown.bounded}
          </p>
        )}
        <p className="text-xs text-ink-3">
          {range !== '' && <>{text.allowed(range)}. </>}
          {text.usual(shownValue(spec, spec.usual))}
        </p>
        <Taking spec={spec} shown={shown} draft={draft} isDrafted={drafted !== undefined} />
      </div>
    </div>
  )
}

export function Origin({ spec, shown, tier }: { spec: SettingSpec; shown: SettingShown; tier: string }) {
  const { origin, follows, value } = shown
  const who =
    follows !== undefined
      ? text.origin.follows(settingName(follows))
      : origin === 'tier'
        ? text.origin.tier(tier)
        : text.origin[origin]
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-2">
      <Badge tone={origin === 'user' && follows === undefined ? 'buy' : 'plain'}>{who}</Badge>
      <span className="num">{text.counts(shownValue(spec, value))}</span>
    </p>
  )
}

type TakingProps = { spec: SettingSpec; shown: SettingShown; draft: Draft; isDrafted: boolean }

export function Taking({ spec: { path }, shown, draft, isDrafted }: TakingProps) {
  if (isDrafted)
    return (
      <p className="flex flex-wrap items-center gap-2 text-xs text-avoid">
        {draft.changes[path] === null ? text.takenBack : text.changed}
        <Button small look="quiet" onClick={() => draft.drop(path)}>
          {text.keep}
        </Button>
      </p>
    )
  if (shown.origin !== 'user' || shown.follows !== undefined) return null
  return (
    <div>
      <Button small look="quiet" className="-ml-2.5" onClick={() => draft.set(path, null)}>
        {text.takeBack}
      </Button>
    </div>
  )
}
