import type { ReactNode } from 'react'
import type { Portfolio } from '@pumpiq/api'
import { showPrice, zero } from '@pumpiq/domain'
import { Link, tokenPath } from '../../paths.tsx'
import { usd, usdEach } from '../../words/money.ts'
import { figure } from '../../words/show.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Table, Td, Th } from '../kit/table.tsx'
import { HouseCallCell } from './house-call.tsx'
import { PriceAge } from './price-age.tsx'
import { Gain } from './totals.tsx'

type Holding = Portfolio['holdings'][number]
type Props = { holdings: readonly Holding[]; now: number }

/** On a phone each row is a card of named figures. */
export const rowAsCard = 'max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:border-b max-md:border-line max-md:py-3'
export const cellAsFigure =
  'max-md:border-0 max-md:p-0 max-md:py-1 max-md:text-left max-md:before:block max-md:before:text-xs max-md:before:text-ink-3 max-md:before:content-[attr(data-name)]'

/** What is held, the most valuable first; what is held no longer is folded away. */
export function HoldingsTable({ holdings, now }: Props) {
  const held = holdings.filter(({ quantity }) => quantity !== zero)
  const past = holdings.filter(({ quantity }) => quantity === zero)
  return (
    <>
      <Rows caption={text.holdings} holdings={held} now={now} />
      {past.length > 0 && (
        <details className="mt-3">
          <summary className="min-h-6 text-sm font-medium text-ink-2">{text.past(past.length)}</summary>
          <Rows caption={text.past(past.length)} holdings={past} now={now} />
        </details>
      )}
    </>
  )
}

const Rows = ({ caption, holdings, now }: Props & { caption: string }) => (
  <Table caption={caption} className="max-md:block">
    <thead className="max-md:sr-only">
      <tr>
        <Th>{text.token}</Th>
        <Th right>{text.quantity}</Th>
        <Th right>{text.averageCost}</Th>
        <Th right>{text.price}</Th>
        <Th right>{text.value}</Th>
        <Th right>{text.share}</Th>
        <Th right>{text.unrealised}</Th>
        <Th right>{text.realised}</Th>
        <Th>{text.call}</Th>
      </tr>
    </thead>
    <tbody className="max-md:block">
      {holdings.map((holding) => (
        <HoldingRow key={holding.token} holding={holding} now={now} />
      ))}
    </tbody>
  </Table>
)

function HoldingRow({ holding, now }: { holding: Holding; now: number }) {
  const { symbol, quantity, averageCost, price, value, sharePct, unrealised, unrealisedPct, realised } = holding
  return (
    <tr className={rowAsCard}>
      <TokenHead token={holding.token} symbol={symbol} name={holding.name} chain={holding.chain} />
      <Figure name={text.quantity}>
        <span title={quantity}>{showPrice(quantity)}</span>
      </Figure>
      <Figure name={text.averageCost}>
        {averageCost === null ? (
          <span className="text-ink-3">{text.costUnknown}</span>
        ) : (
          <span title={averageCost}>{usdEach(averageCost)}</span>
        )}
      </Figure>
      <Figure name={text.price}>
        <PriceAge token={holding.token} price={price} now={now} />
      </Figure>
      <Figure name={text.value}>{value === null ? none : <span title={value}>{usd(value)}</span>}</Figure>
      <Figure name={text.share}>{sharePct === null ? none : `${figure(sharePct, 1)} %`}</Figure>
      <Figure name={text.unrealised}>
        {unrealised === null ? none : <Gain value={unrealised} pct={unrealisedPct} />}
      </Figure>
      <Figure name={text.realised}>
        <Gain value={realised} />
        {!holding.realisedIsWhole && <span className="block text-xs text-ink-3">{text.realisedPartly}</span>}
      </Figure>
      <Td data-name={text.call} className={cellAsFigure}>
        <HouseCallCell call={holding.call} symbol={symbol} now={now} />
      </Td>
    </tr>
  )
}

const none = <span className="text-ink-3">–</span>

const Figure = ({ name, children }: { name: string; children: ReactNode }) => (
  <Td right data-name={name} className={cellAsFigure}>
    {children}
  </Td>
)

type HeadProps = { token: string; symbol: string; name: string; chain: string }

/** The head of a row, which on a phone is the head of its card. */
export const RowHead = ({ children }: { children: ReactNode }) => (
  <th
    scope="row"
    className="border-b border-line px-2 py-2 text-left align-top text-sm font-normal max-md:col-span-2 max-md:border-0 max-md:p-0 max-md:pb-1"
  >
    {children}
  </th>
)

/** A token as the head of its row: a link to what is known of it. */
export const TokenHead = ({ token, symbol, name, chain }: HeadProps) => (
  <RowHead>
    <Link to={tokenPath(token)} className="inline-flex min-h-6 items-center font-semibold text-ink">
      <bdi>{symbol}</bdi>
    </Link>
    <span className="block max-w-44 truncate text-xs text-ink-3" title={token}>
      <bdi>{name}</bdi>, {chain}
    </span>
  </RowHead>
)
