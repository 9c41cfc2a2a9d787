import type { TierShown } from '@pumpiq/api'
import type { ReactNode } from 'react'
import { useTiers } from '../../data/admin.ts'
import { useSettingSpecs } from '../../data/settings.ts'
import { shownValue, type SettingSpec } from '../../words/setting-specs.ts'
import { figure, percent, words } from '../../words/show.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { settingName } from '../../words/texts/setting-names.ts'
import { Panel } from '../kit/panel.tsx'
import { Table, Td, Th } from '../kit/table.tsx'

const text = peopleTexts.tiers

type Row = readonly [name: string, of: (tier: TierShown) => ReactNode]
const rows: readonly Row[] = [
  [text.perMinute, ({ requests }) => figure(requests.perMinute)],
  [text.perHour, ({ requests }) => figure(requests.perHour)],
  [text.perDay, ({ requests }) => figure(requests.perDay)],
  [text.streams, ({ streams }) => figure(streams)],
  [text.watched, ({ most }) => figure(most.watched)],
  [text.transactions, ({ most }) => figure(most.transactions)],
  [text.openJobs, ({ most }) => figure(most.openJobs)],
  [text.share, ({ model }) => percent(model.share)],
  [text.usd, ({ model }) => (model.usdPerDay === null ? operationsTexts.none : figure(model.usdPerDay, 2))],
  [text.people, ({ accounts }) => figure(accounts.people)],
  [text.programs, ({ accounts }) => figure(accounts.programs)],
  [text.banned, ({ accounts }) => figure(accounts.banned)],
]

/** What each tier may, side by side, and who has it. */
export function TiersSection() {
  const tiers = useTiers()
  const specs = useSettingSpecs()
  return (
    <Panel title={text.title} hint={text.hint} asked={tiers} rows={16}>
      {({ items }) => <Tiers tiers={items} specs={specs.data ?? []} />}
    </Panel>
  )
}

function Tiers({ tiers, specs }: { tiers: readonly TierShown[]; specs: readonly SettingSpec[] }) {
  const bounded = [...new Set(tiers.flatMap(({ settings }) => Object.keys(settings)))]
  return (
    <Table caption={text.title}>
      <thead>
        <tr>
          <Th>{text.columns.what}</Th>
          {tiers.map(({ tier }) => (
            <Th key={tier} right>
              {words(tier)}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, of]) => (
          <Line key={name} name={name} cells={tiers.map((tier) => [tier.tier, of(tier)])} />
        ))}
        <tr>
          <th scope="rowgroup" colSpan={tiers.length + 1} className="px-2 pt-5 pb-1 text-left text-sm font-semibold">
            {text.settings}
          </th>
        </tr>
        {bounded.map((path) => (
          <Line
            key={path}
            name={settingName(path)}
            cells={tiers.map(({ tier, settings }) => [
              tier,
              boundText(
                settings[path],
                specs.find((spec) => spec.path === path),
              ),
            ])}
          />
        ))}
      </tbody>
    </Table>
  )
}

const Line = ({ name, cells }: { name: string; cells: readonly (readonly [tier: string, value: ReactNode])[] }) => (
  <tr>
    <th scope="row" className="border-b border-line px-2 py-2 text-left text-sm font-normal text-ink-2">
      {name}
    </th>
    {cells.map(([tier, value]) => (
      <Td key={tier} right>
        {value}
      </Td>
    ))}
  </tr>
)

function boundText(bound: TierShown['settings'][string] | undefined, spec: SettingSpec | undefined): string {
  if (bound === undefined) return text.free
  const said = (value: unknown): string => (spec ? shownValue(spec, value) : String(value))
  return [
    ...(bound.usual === undefined ? [] : [text.usual(said(bound.usual))]),
    ...(bound.least === undefined ? [] : [text.least(said(bound.least))]),
    ...(bound.most === undefined ? [] : [text.most(said(bound.most))]),
  ].join(', ')
}
