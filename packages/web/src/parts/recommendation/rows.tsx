import type { ComponentProps, ReactNode } from 'react'
import { priceOf, showPrice, type Price } from '@pumpiq/domain'
import { CitedText } from '../cited-text.tsx'
import { Fact } from '../kit/fact.tsx'

/** Names at the left, figures at the right. */
export const Rows = ({ children }: { children: ReactNode }) => <dl className="grid text-sm">{children}</dl>

export const Row = ({ name, children }: { name: ReactNode; children: ReactNode }) => (
  <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-1.5 last:border-b-0">
    <dt className="text-ink-2">{name}</dt>
    <dd className="num ml-auto text-right">{children}</dd>
  </div>
)

type FactProps = ComponentProps<typeof Fact>

/** A figure of the document itself. */
export const Of = (props: Omit<FactProps, 'of'>) => <Fact of="recommendation" {...props} />

/** A price of the record: as people read it, with the exact decimal string in its title. */
export const PriceFact = ({ value, ...fact }: Omit<FactProps, 'children' | 'title'> & { value: Price }) => (
  <Fact {...fact} title={value}>
    <span className="num whitespace-nowrap">{showPrice(value)}</span>
  </Fact>
)

/** A text of the record, whose references can be opened. */
export const TextFact = ({ text, ...fact }: Omit<FactProps, 'children'> & { text: string }) => (
  <Fact {...fact}>
    <CitedText text={text} />
  </Fact>
)

/** What has digits and is no figure of the record: an age, an instant, what is computed here from figures that stand beside it. */
export const Plain = ({ className, children }: { className?: string; children: ReactNode }) => (
  <span data-plain className={className}>
    {children}
  </span>
)

/** A figure to its last digit, without an exponent; a text as it is. */
export const exactly = (value: number | string): string =>
  typeof value === 'number' && Number.isFinite(value) ? priceOf(value).replace('-', '−') : String(value)
