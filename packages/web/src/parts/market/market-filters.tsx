import { useMemo } from 'react'
import {
  callNames,
  marketColumns,
  riskNames,
  type CallName,
  type MarketColumn,
  type MarketSearch,
} from '../../words/market-search.ts'
import { marketTexts as text } from '../../words/texts/market.ts'
import { Button } from '../kit/button.tsx'
import { Choice } from '../kit/choice.tsx'
import { sortedBy } from './market-table.tsx'
import { beginsDown, callNameOf, chainOf, filtered, hasEdge, type MarketRow } from './rows.ts'

const noFilter = {
  type: undefined,
  chain: undefined,
  risk: undefined,
  edge: undefined,
  called: undefined,
  watched: undefined,
} satisfies Partial<Record<keyof MarketSearch, undefined>>

type Props = {
  rows: readonly MarketRow[]
  shown: number
  search: MarketSearch
  onSearch: (change: Partial<Record<keyof MarketSearch, unknown>>) => void
}

/** Which tokens are shown, and on a narrow screen in which order; each filter says how many it would leave. */
export function MarketFilters({ rows, shown, search, onSearch }: Props) {
  const isSet = Object.keys(noFilter).some((name) => name in search)
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <TypeChoice {...{ rows, search, onSearch }} />
      <Chains {...{ rows, search, onSearch }} />
      <Plain
        label={text.risk}
        value={search.risk ?? ''}
        options={[['', text.anyRisk], ...riskNames.map((risk) => [risk, text.risks[risk]] as const)]}
        onChange={(risk) => onSearch({ risk: risk || undefined })}
      />
      <Toggles {...{ rows, search, onSearch }} />
      <SortChoice {...{ search, onSearch }} />
      {isSet && (
        <Button small look="quiet" onClick={() => onSearch(noFilter)}>
          {text.clear}
        </Button>
      )}
      <p className="num ml-auto text-xs text-ink-3" aria-live="polite">
        {text.found(shown, rows.length)}
        <span className="hidden xl:inline"> · {text.keys}</span>
      </p>
    </div>
  )
}

type Part = Omit<Props, 'shown'>

function TypeChoice({ rows, search, onSearch }: Part) {
  const others = filtered(rows, search, 'type')
  const count = (name: CallName) => others.filter(({ call }) => call && callNameOf(call) === name).length
  return (
    <Choice<CallName | null>
      label={text.show}
      className="max-sm:w-full max-sm:flex-nowrap! max-sm:overflow-x-auto max-sm:[&>button]:shrink-0"
      value={search.type ?? null}
      options={[
        { value: null, label: text.all, count: others.length },
        ...callNames.map((name) => ({ value: name, label: name === 'NONE' ? text.noCall : name, count: count(name) })),
      ]}
      onChange={(type) => onSearch({ type: type === search.type ? undefined : (type ?? undefined) })}
    />
  )
}

function Chains({ rows, search, onSearch }: Part) {
  const chains = useMemo(() => [...new Set(rows.map(({ id }) => chainOf(id)))].toSorted(), [rows])
  const all = search.chain === undefined || chains.includes(search.chain) ? chains : [...chains, search.chain]
  return (
    <Plain
      label={text.chain}
      value={search.chain ?? ''}
      options={[['', text.anyChain], ...all.map((chain) => [chain, chain] as const)]}
      onChange={(chain) => onSearch({ chain: chain || undefined })}
    />
  )
}

function Toggles({ rows, search, onSearch }: Part) {
  const toggles = [
    ['edge', text.edge, rows.filter(({ call }) => hasEdge(call)).length],
    ['called', text.hasCall, rows.filter(({ call }) => call !== null).length],
    ['watched', text.watched, rows.filter(({ isWatched }) => isWatched).length],
  ] as const
  return toggles.map(([name, label, count]) => (
    <button
      key={name}
      type="button"
      aria-pressed={search[name] === true}
      onClick={() => onSearch({ [name]: search[name] ? undefined : true })}
      className="min-h-8 rounded-full border border-line-2 bg-card px-3 text-xs font-medium text-ink hover:bg-raised aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper"
    >
      {label} <span className="num opacity-75">{count}</span>
    </button>
  ))
}

function SortChoice({ search, onSearch }: Omit<Part, 'rows'>) {
  const { by = 'rank' } = search
  const order = search.order ?? (beginsDown(by) ? 'desc' : 'asc')
  return (
    <span className="flex items-center gap-1 xl:hidden">
      <Plain
        label={text.sort}
        value={by}
        options={marketColumns.map((column) => [column, `${text.sort}: ${text.columns[column]}`] as const)}
        onChange={(column) => onSearch(sortedBy(column as MarketColumn, {}))}
      />
      <button
        type="button"
        aria-label={text.reverse(order === 'desc' ? text.down : text.up)}
        onClick={() => onSearch(sortedBy(by, search))}
        className="min-h-8 min-w-8 rounded-full border border-line-2 bg-card text-xs"
      >
        <span aria-hidden="true">{order === 'desc' ? '↓' : '↑'}</span>
      </button>
    </span>
  )
}

type PlainProps = {
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  onChange: (value: string) => void
}

const Plain = ({ label, value, options, onChange }: PlainProps) => (
  <select
    aria-label={label}
    value={value}
    onChange={({ target }) => onChange(target.value)}
    className="min-h-8 rounded-full border border-line-2 bg-card px-2.5 text-xs font-medium text-ink"
  >
    {options.map(([one, name]) => (
      <option key={one} value={one}>
        {name}
      </option>
    ))}
  </select>
)
