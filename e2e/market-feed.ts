import type { Page, WebSocketRoute } from 'playwright-core'

/** So many tokens as two pages of a list. */
export const fedTokens = 200

const idOf = (i: number) => `ethereum:0x${(i + 1).toString(16).padStart(40, '0')}`
const issuedAt = '2026-01-05T12:00:00.000Z'

function tokenOf(i: number) {
  const seen = (value: unknown) => ({ value, source: 'binance', observedAt: issuedAt })
  const price = (100 / (i + 1)).toFixed(6)
  const market = {
    priceUsd: seen(price),
    marketCapUsd: seen(1e12 / (i + 1)),
    liquidityUsd: null,
    volume24hUsd: null,
    holders: null,
    bondingCurvePct: null,
    isGraduated: null,
    createdAt: null,
    ageMs: null,
    change24hPct: seen((i % 21) - 10),
    change7dPct: null,
  }
  const [chain, address] = idOf(i).split(':')
  const names = { symbol: `T${i + 1}`, name: `Token ${i + 1}`, catalogueId: null }
  return { id: idOf(i), chain, address, ...names, marketCapRank: i + 1, marketCapUsd: 1e9, priceUsd: price, market }
}

const sparkOf = (token: string, at: number) => ({
  token,
  closes: Array.from({ length: 48 }, (_, i) => String(1 + Math.sin(i / 5 + at) / 10)),
  source: 'binance',
  lastAt: issuedAt,
})

/** `like` is a call of the product itself: of each token there is one of its shape. */
function callOf(i: number, like: object) {
  const type = ['BUY', 'SELL', 'HOLD'][i % 3]
  return {
    ...like,
    id: `0192f000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    token: idOf(i),
    symbol: `T${i + 1}`,
    type,
  }
}

/** Answers the lists of the market with two hundred tokens, each with a call and a picture of its price. */
export async function feedLists(page: Page, url: string): Promise<void> {
  const told = await fetch(`${url}/api/v1/recommendations?current=true&limit=1`)
  const { items } = (await told.json()) as { items: object[] }
  const all = Array.from({ length: fedTokens }, (_, i) => i)
  const page100 = (from: string | null) => all.slice(from === null ? 0 : Number(from), from === null ? 100 : fedTokens)
  await page.route(/\/api\/v1\/tokens\?/, (route) => {
    const query = new URL(route.request().url()).searchParams
    const isList = query.get('sort') === null
    const next = isList && !query.has('cursor') ? '100' : null
    const listed = isList ? page100(query.get('cursor')).map(tokenOf) : []
    return route.fulfill({ json: { items: listed, next, pagination: null } })
  })
  await page.route(/\/api\/v1\/tokens\/sparklines\?/, (route) => {
    const tokens = new URL(route.request().url()).searchParams.get('tokens')!.split(',')
    return route.fulfill({ json: { interval: '1h', items: tokens.map(sparkOf) } })
  })
  await page.route(/\/api\/v1\/recommendations\?/, (route) => {
    const from = new URL(route.request().url()).searchParams.get('cursor')
    const calls = page100(from).map((i) => callOf(i, items[0]!))
    return route.fulfill({ json: { items: calls, next: from === null ? '100' : null } })
  })
}

/** A stream that tells so many prices, ten times a second, from when it is opened until `stop` is called. */
export async function feedPrices(page: Page, pricesAtOnce: number): Promise<{ told: () => number; stop: () => void }> {
  let told = 0
  let timer: ReturnType<typeof setInterval> | undefined
  const tell = (socket: WebSocketRoute) => {
    socket.send(JSON.stringify([{ event: 'head', seq: 1 }]))
    timer = setInterval(() => {
      const events = Array.from({ length: pricesAtOnce }, () => {
        const i = told++ % fedTokens
        const value = ((100 / (i + 1)) * (1 + Math.sin(told) / 100)).toFixed(6)
        return { event: 'price', token: idOf(i), value, source: 'binance', observedAt: new Date().toISOString() }
      })
      socket.send(JSON.stringify(events))
    }, 100)
  }
  await page.routeWebSocket(/\/api\/v1\/stream/, tell)
  return { told: () => told, stop: () => clearInterval(timer) }
}
