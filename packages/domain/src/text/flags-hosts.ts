/** Names that phishing sites dress up as, and the ends their owners really use. */
const brands =
  'binance coinbase metamask uniswap opensea phantom ledger trezor trustwallet kraken kucoin bybit bitget pancakeswap walletconnect etherscan solana raydium coinmarketcap coingecko dextools sushiswap arbitrum optimism polygon ethereum bitcoin telegram whatsapp microsoft paypal google facebook instagram blockchain exodus rabby magiceden pumpfun hyperliquid'.split(
    ' ',
  )
const ownEnds = new Set(
  'com org io us app fi finance network exchange foundation fun xyz co build so info market jp tr im me eu tv news'.split(
    ' ',
  ),
)

/** Where anybody may have a page, so that a brand in front tells nothing. */
const hosting = new Set(
  'medium github substack zendesk statuspage notion mirror reddit youtube twitter x t linkedin google apple wikipedia bloomberg gitbook discourse'.split(
    ' ',
  ),
)

/** Where reports are published, by the names of the houses. */
const reporting = new Set(
  'coindesk cointelegraph theblock decrypt blockworks dlnews reuters bloomberg cnbc ft wsj nytimes bbc forbes wikipedia github youtube spotify'.split(
    ' ',
  ),
)
const bait = new Set(
  'claim claims airdrop airdrops verify verification connect login signin secure security support helpdesk bonus gift gifts giveaway reward rewards migrate migration validate restore recovery unlock free double eligibility whitelist refund event official presale wallet swap drop'.split(
    ' ',
  ),
)
const cheapEnds = new Set(
  'xyz top site online live click link shop store club vip icu cyou buzz fun space website tk ml ga cf gq pw cc rest quest lol sbs cfd digital pro win bid loan'.split(
    ' ',
  ),
)
const shorteners = new Set(
  'bit.ly tinyurl.com cutt.ly is.gd rb.gy ow.ly goo.gl shorturl.at t.ly rebrand.ly tiny.cc bit.do s.id lnkd.in linktr.ee'.split(
    ' ',
  ),
)
const contacts = new Set(
  't.me telegram.me telegram.dog wa.me wa.link whatsapp.com chat.whatsapp.com api.whatsapp.com discord.gg discord.com line.me signal.me'.split(
    ' ',
  ),
)

/** One letter changed, left out, put in or swapped with its neighbour. */
function isOneAway(left: string, right: string): boolean {
  const apart = left.length - right.length
  if (left === right || apart > 1 || apart < -1) return false
  let i = 0
  while (i < left.length && left[i] === right[i]) i++
  if (apart === 0) {
    const swapped = left[i] === right[i + 1] && left[i + 1] === right[i] && left.slice(i + 2) === right.slice(i + 2)
    return swapped || left.slice(i + 1) === right.slice(i + 1)
  }
  return apart > 0 ? left.slice(i + 1) === right.slice(i) : left.slice(i) === right.slice(i + 1)
}

const unleet = (label: string): string =>
  label.replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('3', 'e').replaceAll('rn', 'm').replaceAll('vv', 'w')

/** A part of a host that is a brand but for a letter, or is one where its owner has nothing. */
function isDressed(parts: readonly string[], own: string, end: string): boolean {
  if (hosting.has(own)) return false
  return parts.some((part) => {
    if (part.length < 5) return false
    const plain = unleet(part)
    if (brands.includes(plain)) return plain !== part || own !== part || !ownEnds.has(end)
    return part.length >= 6 && brands.some((brand) => brand.length >= 6 && isOneAway(part, brand))
  })
}

/** A publishing house, or a brand where it is at home. */
const isKnown = (own: string, end: string): boolean =>
  reporting.has(own) || (own.length >= 5 && brands.includes(own) && ownEnds.has(end))

/** What is to be said of a host: `contact` leads to a chat, `bait` and `cheap` are weak, `dressed` and `raw` are strong, `known` speaks for it. */
export type HostFault = 'contact' | 'short' | 'bait' | 'cheap' | 'dressed' | 'raw' | 'known'

/** The faults of a lower-case host without scheme, port and path. */
export function hostFaults(host: string): HostFault[] {
  const name = host.startsWith('www.') ? host.slice(4) : host
  if (contacts.has(name)) return ['contact']
  if (shorteners.has(name)) return ['short']
  const labels = name.split('.').slice(-6)
  if (labels.every((label) => /^\d+$/.test(label)) || labels.some((label) => label.startsWith('xn--'))) return ['raw']
  const end = labels.at(-1) ?? ''
  const own = labels.at(-2) ?? ''
  const parts = labels.slice(0, -1).flatMap((label) => label.split('-'))
  const faults: HostFault[] = []
  if (isDressed(parts, own, end)) faults.push('dressed')
  if (own.includes('-') || labels.length > 2 ? parts.some((part) => bait.has(part)) : bait.has(own)) faults.push('bait')
  if (cheapEnds.has(end)) faults.push('cheap')
  if (faults.length === 0 && isKnown(own, end)) faults.push('known')
  return faults
}
