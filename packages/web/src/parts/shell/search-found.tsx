import type { TokenSearch } from '@pumpiq/api'
import { showPrice } from '@pumpiq/domain'
import { isDisputed } from '../../words/disputed.ts'
import { searchTexts as text } from '../../words/texts/search.ts'

type Item = TokenSearch['items'][number]
type Props = {
  items: readonly Item[]
  collisions: TokenSearch['collisions']
  /** Which one is chosen by keys. */
  at: number
  onTake: (id: string) => void
}

export const Found = ({ items, collisions, at, onTake }: Props) => (
  <ul id="found-tokens" role="listbox" aria-label={text.found} className="grid max-h-[50vh] gap-1 overflow-y-auto">
    {items.map((token, i) => (
      <FoundToken
        key={token.id}
        id={`found-${i}`}
        token={token}
        chosen={i === at}
        isShared={collisions.some(({ symbol }) => symbol.toLowerCase() === token.symbol.toLowerCase())}
        isMeant={collisions.some(({ resolvesTo }) => resolvesTo === token.id)}
        onTake={() => onTake(token.id)}
      />
    ))}
  </ul>
)

/** What is traded under a shared ticker may be another token: then its price is not shown as this one's. */
function priceOf({ market: { priceUsd }, priceUsd: catalogue }: Item): string {
  if (priceUsd === null) return ''
  return `${isDisputed(priceUsd.value, catalogue) ? text.disputed : showPrice(priceUsd.value)} · `
}

type FoundProps = {
  id: string
  token: Item
  chosen: boolean
  isShared: boolean
  isMeant: boolean
  onTake: () => void
}

const FoundToken = ({ id, token, chosen, isShared, isMeant, onTake }: FoundProps) => (
  // Keys are read by the field, which keeps the focus.
  <li
    id={id}
    role="option"
    aria-selected={chosen}
    onClick={onTake}
    className={`grid cursor-pointer gap-0.5 rounded-lg px-3 py-2 text-sm ${chosen ? 'bg-raised ring-1 ring-accent ring-inset' : ''}`}
  >
    <span className="flex flex-wrap items-baseline gap-x-2">
      <bdi className="font-semibold">{token.symbol}</bdi>
      <bdi className="text-ink-2">{token.name}</bdi>
      <span className="num ml-auto text-xs text-ink-3">
        {priceOf(token)}
        {token.marketCapRank === null ? text.unranked : text.rank(token.marketCapRank)}
      </span>
    </span>
    <code className="text-xs break-all text-ink-3">{token.id}</code>
    <span className="flex flex-wrap gap-x-3 text-xs">
      <span className="text-ink-3">{text.matches[token.match]}</span>
      {isShared && <span className="text-avoid">{isMeant ? text.meant(token.symbol) : text.same(token.symbol)}</span>}
    </span>
  </li>
)
