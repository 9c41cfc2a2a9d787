import { useEffect, useRef } from 'react'
import { clsx } from 'clsx'
import { intervals } from '@pumpiq/domain'
import type { SparklinesShown } from '../../data/market.ts'
import { useNow } from '../../data/now.ts'
import { mostRows, rowsAtOnce, type MarketColumn, type MarketSearch } from '../../words/market-search.ts'
import { marketTexts as text } from '../../words/texts/market.ts'
import { Button } from '../kit/button.tsx'
import { cell, headGrid } from './layout.ts'
import { MarketTableRow } from './market-row.tsx'
import { TableNow } from './price-cell.tsx'
import { beginsDown, type MarketRow } from './rows.ts'

type Props = {
  /** In their order, all that pass the filters. */
  rows: readonly MarketRow[]
  interval: SparklinesShown['interval'] | null
  search: MarketSearch
  onSearch: (change: Partial<MarketSearch>) => void
}

/** A line a token on a wide screen, a card a token on a narrow one; each is a link to all that is known of it. */
export function MarketTable({ rows, interval, search, onSearch }: Props) {
  const now = useNow(30_000)
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => movedByKeys(frame), [])
  const shown = Math.min(search.rows ?? rowsAtOnce, rows.length, mostRows)
  const stepMs = intervals[interval ?? '1h']
  return (
    <TableNow value={now}>
      <div ref={frame} className="xl:rounded-xl xl:border xl:border-line xl:bg-card xl:shadow-card">
        <div role="table" aria-label={text.table} aria-rowcount={rows.length + 1}>
          <div role="rowgroup" className="xl:sticky xl:top-[3.4rem] xl:z-20">
            <Head search={search} onSearch={onSearch} interval={interval} />
          </div>
          <div role="rowgroup" className="max-xl:grid max-xl:gap-3 md:max-xl:grid-cols-2">
            {rows.slice(0, shown).map(({ id, token, call, spark, isWatched }) => (
              <MarketTableRow key={id} {...{ id, token, call, spark, stepMs, isWatched }} />
            ))}
          </div>
        </div>
        {shown < Math.min(rows.length, mostRows) && (
          <p className="grid justify-items-center p-4">
            <Button onClick={() => onSearch({ rows: Math.min(mostRows, (search.rows ?? rowsAtOnce) + rowsAtOnce) })}>
              {text.more(Math.min(rowsAtOnce, rows.length - shown))}
            </Button>
          </p>
        )}
      </div>
    </TableNow>
  )
}

const headed = [
  ['token', false],
  ['price', true],
  ['change', true],
  ['trend', false],
  ['call', false],
  ['chance', false],
  ['evidence', false],
  ['risk', false],
  ['cap', true],
  ['called', true],
] as const satisfies readonly (readonly [MarketColumn, boolean])[]

/** What an address must say so that it is sorted by this column, or the other way round where it is already. */
export function sortedBy(column: MarketColumn, { by = 'rank', order }: MarketSearch): Partial<MarketSearch> {
  const usual = beginsDown(column) ? 'desc' : 'asc'
  const next = by === column && (order ?? usual) === usual ? (usual === 'desc' ? 'asc' : 'desc') : usual
  return { by: column, order: next }
}

function Head({ search, onSearch, interval }: Pick<Props, 'search' | 'onSearch' | 'interval'>) {
  const { by = 'rank' } = search
  const down = (search.order ?? (beginsDown(by) ? 'desc' : 'asc')) === 'desc'
  return (
    <div role="row" className={`${headGrid} rounded-t-xl border-b border-line-2 bg-raised text-xs text-ink-2`}>
      <SortHead column="rank" {...{ by, down, search, onSearch }} label="#" name={text.columns.rank} />
      {headed.map(([column, right]) => (
        <SortHead
          key={column}
          {...{ column, right, by, down, search, onSearch }}
          label={column === 'trend' && interval !== null ? text.trendLengths[interval] : text.columns[column]}
          name={text.columns[column]}
        />
      ))}
    </div>
  )
}

type HeadProps = Pick<Props, 'search' | 'onSearch'> & {
  column: MarketColumn
  by: MarketColumn
  down: boolean
  right?: boolean
  label: string
  name: string
}

function SortHead({ column, by, down, right = false, label, name, search, onSearch }: HeadProps) {
  const isBy = column === by
  return (
    <div
      role="columnheader"
      aria-sort={isBy ? (down ? 'descending' : 'ascending') : 'none'}
      className={clsx(right && 'text-right', column === 'rank' && cell.watch)}
    >
      <button
        type="button"
        aria-label={label === name || label === '#' ? name : `${name}: ${label}`}
        onClick={() => onSearch(sortedBy(column, search))}
        className={clsx(
          'min-h-6 border-0 bg-transparent p-0 text-xs font-semibold whitespace-nowrap text-ink-2 hover:text-ink',
          isBy && 'text-ink',
        )}
      >
        {label}{' '}
        <span aria-hidden="true" className={clsx(!isBy && 'text-ink-3')}>
          {isBy ? (down ? '↓' : '↑') : '↕'}
        </span>
      </button>
    </div>
  )
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName))

/** j and k anywhere on the page, arrows within the table: from row to row. Enter opens, for it is a link that has the focus. */
function movedByKeys(frame: { readonly current: HTMLDivElement | null }): () => void {
  const read = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isWriting(event.target)) return
    if (document.querySelector('dialog[open]')) return
    const isInside = event.target instanceof Node && frame.current?.contains(event.target) === true
    const step = { j: 1, k: -1, ...(isInside && { ArrowDown: 1, ArrowUp: -1 }) }[event.key]
    if (step === undefined) return
    const links = [...(frame.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])]
    const row = document.activeElement?.closest('[role=row]')
    const at = links.findIndex((link) => row?.contains(link))
    const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  addEventListener('keydown', read)
  return () => removeEventListener('keydown', read)
}
