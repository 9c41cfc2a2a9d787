const quotes: ReadonlySet<string> = new Set(
  'USDT USDC FDUSD BUSD TUSD USD EUR TRY BRL RUB UAH AUD GBP BIDR BTC ETH BNB'.split(' '),
)

/** Forms in which venues write what they list, without the ticker alone: a word in capitals is none. */
const single: readonly RegExp[] = [
  /\(([A-Z0-9]{1,15})\)/g,
  /\b([A-Z0-9]{2,20}?)(?:USDT|USDC|USD)\b(?=\s+Perpetual)/g,
  /^([A-Z0-9]{2,15}) is available for trading/g,
  /^Trading starts for ([A-Z0-9]{2,15})\b/g,
]
const pair = /\b([A-Z0-9]{2,15})\/[A-Z0-9]{2,10}\b/g
const delisted = /^Binance Will Delist\s+(.+?)\s+on\s+\d{4}-\d{2}-\d{2}$/

/**
 * Tickers in the title of a venue's announcement, as it writes them: in parentheses, before a perpetual's quote coin, of pairs, of a list
 * of what is delisted. A hint, no identity: tickers are not unique.
 */
export function tickersIn(title: string): string[] {
  const plain = title.slice(0, 1_000).normalize('NFKC').replace(/\s+/g, ' ').trim()
  const listed = delisted.exec(plain)?.[1]?.split(/\s*(?:,|&|\band\b)\s*/) ?? []
  const bases = [...plain.matchAll(pair)].map(([, base = '']) => base).filter((base) => !quotes.has(base))
  const others = single.flatMap((form) => [...plain.matchAll(form)].map(([, ticker = '']) => ticker))
  const tickers = [...others, ...bases, ...listed].filter((ticker) => /^(?!\d+$)[A-Z0-9]{1,15}$/.test(ticker))
  return [...new Set(tickers)]
}
