import { showPrice, type Price } from '@pumpiq/domain'

/** A price for people; the exact decimal string is in its title. */
export const PriceText = ({ value }: { value: Price }) => (
  <span className="num" title={value}>
    {showPrice(value)}
  </span>
)
