import type { WatchedToken } from '@pumpiq/api'
import { useLivePrice } from '../../data/prices.ts'
import { relative } from '../../words/show.ts'
import { usdEach } from '../../words/money.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'

type Props = { token: string; price: WatchedToken['price']; now: number }

/** What one costs, who said so, and how long ago that is; or that nobody has. */
export function PriceAge({ token, price: told, now }: Props) {
  const live = useLivePrice(token)
  const isNewer = live !== null && (told === null || live.observedAt > Date.parse(told.at))
  const price = isNewer ? live : told && { ...told, observedAt: Date.parse(told.at) }
  if (price === null)
    return (
      <span className="text-avoid" title={text.noPriceWhy}>
        {text.noPrice}
      </span>
    )
  return (
    <>
      <span title={price.value}>{usdEach(price.value)}</span>
      <span className="block text-xs whitespace-nowrap text-ink-3">
        {text.age(relative(price.observedAt, now), price.source)}
      </span>
    </>
  )
}
