import type { ModelBudgets, TierShown } from '@pumpiq/api'
import { useBudgets, useTiers } from '../../data/admin.ts'
import { figure, percent } from '../../words/show.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { Card } from '../kit/card.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { Stacked, StackedBody, StackedCell, StackedHead, StackedRow } from '../kit/stacked.tsx'
import { CopyLine } from './copy-line.tsx'
import { Pager, useCursors } from './pager.tsx'
import { SpendingDays } from './spending-days.tsx'

const text = peopleTexts.model
const { columns } = text
type Spent = ModelBudgets['house']

const usd = (amount: number): string => text.usd(figure(amount, 2, 4))

/** What the language model cost, and what it may. */
export function ModelSection() {
  const { cursor, newer, olderThan } = useCursors()
  const budgets = useBudgets(cursor)
  const tiers = useTiers()
  const { data } = budgets
  return (
    <div className="grid grid-cols-1 gap-5">
      <Panel title={text.title} hint={data ? text.day(data.day) : undefined} asked={budgets} rows={7}>
        {(spent) => <Together budgets={spent} />}
      </Panel>
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
        <Panel
          title={text.users}
          hint={text.usersHint}
          asked={{ ...budgets, problem: null }}
          rows={6}
          empty={({ items }) => (items.length === 0 ? text.noUsers : null)}
        >
          {({ items, next }) => (
            <>
              <Table
                caption={text.users}
                rows={items.map((user) => ({ ...user, name: user.userId, more: user.tier ?? text.gone }))}
              />
              <Pager onNewer={newer} onOlder={olderThan(next)} />
            </>
          )}
        </Panel>
        <div className="grid grid-cols-1 gap-5">
          {data !== null && data.days.length > 0 && (
            <Card title={text.days}>
              <SpendingDays days={data.days} usd={usd} />
            </Card>
          )}
          <Panel title={text.tiers} asked={tiers} rows={6}>
            {({ items }) => <Shares tiers={items} />}
          </Panel>
          <Card title={text.change}>
            <p className="mb-2 text-sm text-ink-2">{text.changeWhy}</p>
            <CopyLine line={`PUMPIQ_MODEL_USD_PER_DAY=${data?.all.usdPerDay ?? 1}`} />
          </Card>
        </div>
      </div>
    </div>
  )
}

function Together({ budgets: { model, all, house, reader } }: { budgets: ModelBudgets }) {
  return (
    <div className="grid gap-3">
      {model === null ? <Note>{text.none}</Note> : <p className="text-sm">{text.asked(model.id, model.host)}</p>}
      <Table
        caption={text.title}
        rows={[
          { ...all, name: text.all, more: all.setAsideUsd > 0 ? text.setAside(usd(all.setAsideUsd)) : null },
          { ...house, name: text.house, more: null },
          { ...reader, name: text.reader, more: null },
        ]}
      />
      <p className="text-xs text-ink-2">{text.refusedWhy}</p>
    </div>
  )
}

type Row = Spent & { readonly name: string; readonly more: string | null }

const Table = ({ caption, rows }: { caption: string; rows: readonly Row[] }) => (
  <Stacked caption={caption} heads={Object.values(columns)} rights={[1, 2, 3, 4]}>
    <StackedBody>
      {rows.map(({ name, more, today, last30Days, usdPerDay }) => (
        <StackedRow key={name}>
          <StackedHead>
            <span className="break-all">{name}</span>
            {more !== null && <span className="block text-xs font-normal text-ink-2">{more}</span>}
          </StackedHead>
          <StackedCell name={columns.today} right>
            {usd(today.usd)}
            {usdPerDay !== null && usdPerDay > 0 && (
              <span className="block text-xs text-ink-2">{text.used(percent(today.usd / usdPerDay))}</span>
            )}
          </StackedCell>
          <StackedCell name={columns.budget} right>
            {usdPerDay === null ? operationsTexts.none : usd(usdPerDay)}
          </StackedCell>
          <StackedCell name={columns.month} right>
            {usd(last30Days.usd)}
          </StackedCell>
          <StackedCell name={columns.refused} right>
            {figure(today.refused)}
            {last30Days.refused > 0 && (
              <span className="block text-xs text-ink-2">{text.refusedMonth(figure(last30Days.refused))}</span>
            )}
          </StackedCell>
        </StackedRow>
      ))}
    </StackedBody>
  </Stacked>
)

const Shares = ({ tiers }: { tiers: readonly TierShown[] }) => (
  <Stacked caption={text.tiers} heads={Object.values(text.tierColumns)} rights={[1, 2]}>
    <StackedBody>
      {tiers.map(({ tier, model }) => (
        <StackedRow key={tier}>
          <StackedHead>{tier}</StackedHead>
          <StackedCell name={text.tierColumns.share} right>
            {percent(model.share)}
          </StackedCell>
          <StackedCell name={text.tierColumns.perUser} right>
            {model.usdPerDay === null ? operationsTexts.none : usd(model.usdPerDay)}
          </StackedCell>
        </StackedRow>
      ))}
    </StackedBody>
  </Stacked>
)
