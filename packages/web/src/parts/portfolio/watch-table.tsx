import type { WatchedToken } from '@pumpiq/api'
import { signedPct, usdEach } from '../../words/money.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Button } from '../kit/button.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { cellAsFigure, rowAsCard, TokenHead } from './holdings-table.tsx'
import { HouseCallCell } from './house-call.tsx'
import { PriceAge } from './price-age.tsx'

type Acts = {
  now: number
  busy: boolean
  onEdit: (token: WatchedToken) => void
  onRemove: (token: WatchedToken) => void
}

export const WatchTable = ({ items, ...acts }: Acts & { items: readonly WatchedToken[] }) => (
  <Table caption={text.watchlist} className="max-md:block">
    <thead className="max-md:sr-only">
      <tr>
        <Th>{text.token}</Th>
        <Th right>{text.price}</Th>
        <Th right>{text.targetShort}</Th>
        <Th>{text.call}</Th>
        <Th>{text.note}</Th>
        <Th>
          <span className="sr-only">{text.edit}</span>
        </Th>
      </tr>
    </thead>
    <tbody className="max-md:block">
      {items.map((token) => (
        <Row key={token.id} token={token} {...acts} />
      ))}
    </tbody>
  </Table>
)

function Row({ token, now, busy, onEdit, onRemove }: Acts & { token: WatchedToken }) {
  const { id, symbol, name, chain, note, targetPrice, toTargetPct, price, call } = token
  return (
    <tr className={rowAsCard}>
      <TokenHead token={id} symbol={symbol} name={name} chain={chain} />
      <Td right data-name={text.price} className={cellAsFigure}>
        <PriceAge token={id} price={price} now={now} />
      </Td>
      <Td right data-name={text.targetShort} className={cellAsFigure}>
        {targetPrice === null ? (
          <span className="text-ink-3">–</span>
        ) : (
          <>
            <span title={targetPrice}>{usdEach(targetPrice)}</span>
            {toTargetPct !== null && (
              <span className="block text-xs whitespace-nowrap text-ink-3">
                {text.toTarget(signedPct(toTargetPct))}
              </span>
            )}
          </>
        )}
      </Td>
      <Td data-name={text.call} className={cellAsFigure}>
        <HouseCallCell call={call} symbol={symbol} now={now} />
      </Td>
      <Td data-name={text.note} className={`${cellAsFigure} max-w-56 break-words text-ink-2`}>
        {note === null ? <span className="text-ink-3">–</span> : <bdi>{note}</bdi>}
      </Td>
      <Td className="max-md:col-span-2 max-md:border-0 max-md:p-0 max-md:pt-2 md:text-right">
        <span className="inline-flex gap-1.5">
          <Button small aria-label={text.editWatched(symbol)} onClick={() => onEdit(token)}>
            {text.edit}
          </Button>
          <Button small disabled={busy} aria-label={text.removeOf(symbol)} onClick={() => onRemove(token)}>
            {text.remove}
          </Button>
        </span>
      </Td>
    </tr>
  )
}
