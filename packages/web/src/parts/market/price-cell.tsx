import { createContext, memo, useContext } from 'react'
import { clsx } from 'clsx'
import type { ListedToken } from '@pumpiq/api'
import { showPrice, type Price } from '@pumpiq/domain'
import { useLivePrice, type LivePrice } from '../../data/prices.ts'
import { isDisputed } from '../../words/disputed.ts'
import { relative, span } from '../../words/show.ts'
import { marketTexts as text } from '../../words/texts/market.ts'

/** The server's now, epoch ms, renewed for a whole table at once. */
export const TableNow = createContext(0)

/** An older price says so. */
const freshMs = 10 * 60_000
type Told = { value: Price; source: string; observedAt: number }

function newest(token: ListedToken | null, live: LivePrice | null): Told | null {
  const kept = token?.market.priceUsd
  const told = kept ? { value: kept.value, source: kept.source, observedAt: Date.parse(kept.observedAt) } : null
  return live && (told === null || live.observedAt >= told.observedAt) ? live : told
}

/** The newest price, of the list or of the stream: it alone is drawn anew when it changes. */
export const PriceCell = memo(function PriceCell({ id, token }: { id: string; token: ListedToken | null }) {
  const live = useLivePrice(id)
  const now = useContext(TableNow)
  const price = newest(token, live)
  if (price === null) return <span className="text-ink-3">{text.none}</span>
  const { value, source, observedAt } = price
  const moved = live !== null && price === live && live.count > 1
  const catalogue = token?.priceUsd ?? null
  return (
    <span className="block" title={`${value}, ${text.priceOf(source, relative(observedAt, now))}`}>
      <span
        key={moved ? live.count : 0}
        className={clsx(
          'num rounded px-1 -mx-1 font-medium',
          moved && live.way > 0 && 'flash-gain',
          moved && live.way < 0 && 'flash-loss',
        )}
      >
        {showPrice(value)}
      </span>
      {isDisputed(value, catalogue) ? (
        <span className="block text-xs font-medium text-avoid" title={text.disputedWhy(source, showPrice(catalogue!))}>
          {text.disputed}
          <span className="sr-only">: {text.disputedWhy(source, showPrice(catalogue!))}</span>
        </span>
      ) : (
        now - observedAt > freshMs && (
          <span className="block text-xs text-ink-3">{text.old(span(now - observedAt))}</span>
        )
      )}
    </span>
  )
})
