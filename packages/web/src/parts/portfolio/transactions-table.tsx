import type { Transaction } from '@pumpiq/api'
import { showPrice } from '@pumpiq/domain'
import { usd, usdEach } from '../../words/money.ts'
import { instant } from '../../words/show.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Button } from '../kit/button.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import { cellAsFigure, RowHead, rowAsCard } from './holdings-table.tsx'

/** "Bought 0.5 BTC". */
export const nameOf = ({ kind, quantity, symbol }: Transaction): string =>
  `${text.kinds[kind]} ${showPrice(quantity)} ${symbol}`

type Acts = { busy: boolean; onEdit: (one: Transaction) => void; onRemove: (one: Transaction) => void }

export const TransactionsTable = ({ items, ...acts }: Acts & { items: readonly Transaction[] }) => (
  <Table caption={text.transactions} className="max-md:block">
    <thead className="max-md:sr-only">
      <tr>
        <Th>{text.kind}</Th>
        <Th>{text.at}</Th>
        <Th right>{text.price}</Th>
        <Th right>{text.fee}</Th>
        <Th>{text.note}</Th>
        <Th>
          <span className="sr-only">{text.edit}</span>
        </Th>
      </tr>
    </thead>
    <tbody className="max-md:block">
      {items.map((one) => (
        <Row key={one.id} one={one} {...acts} />
      ))}
    </tbody>
  </Table>
)

function Row({ one, busy, onEdit, onRemove }: Acts & { one: Transaction }) {
  const { kind, quantity, symbol, token, priceUsd, feeUsd, at, note } = one
  return (
    <tr className={rowAsCard}>
      <RowHead>
        {text.kinds[kind]}{' '}
        <b className="num" title={`${quantity} ${token}`}>
          {showPrice(quantity)} <bdi>{symbol}</bdi>
        </b>
      </RowHead>
      <Td data-name={text.at} className={cellAsFigure}>
        <time dateTime={at} title={at} className="whitespace-nowrap">
          {instant(at)}
        </time>
      </Td>
      <Td right data-name={text.price} className={cellAsFigure}>
        {priceUsd === null ? <span className="text-ink-3">–</span> : <span title={priceUsd}>{usdEach(priceUsd)}</span>}
      </Td>
      <Td right data-name={text.fee} className={cellAsFigure}>
        {feeUsd === '0' ? <span className="text-ink-3">–</span> : usd(feeUsd)}
      </Td>
      <Td data-name={text.note} className={`${cellAsFigure} max-w-56 break-words text-ink-2`}>
        {note === null ? <span className="text-ink-3">–</span> : <bdi>{note}</bdi>}
      </Td>
      <Td className="max-md:col-span-2 max-md:border-0 max-md:p-0 max-md:pt-2 md:text-right">
        <span className="inline-flex gap-1.5">
          <Button small aria-label={text.editOf(nameOf(one))} onClick={() => onEdit(one)}>
            {text.edit}
          </Button>
          <Button small disabled={busy} aria-label={text.removeOf(nameOf(one))} onClick={() => onRemove(one)}>
            {text.remove}
          </Button>
        </span>
      </Td>
    </tr>
  )
}
