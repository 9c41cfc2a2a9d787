import type { Page } from 'playwright-core'

export type Screen = { readonly name: string; readonly go: (page: Page, url: string) => Promise<void> }

/** Until nothing holds a place for what comes any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor({ timeout: 60_000 })
  for (let quiet = 0; quiet < 3;) {
    await page.waitForTimeout(300)
    quiet = (await page.locator('main [aria-busy="true"], main .animate-pulse').count()) === 0 ? quiet + 1 : 0
  }
  await page.evaluate('scrollTo(0, 0)')
}

const at =
  (path: string): Screen['go'] =>
  async (page, url) =>
    void (await page.goto(url + path))

/** A call that takes a side, where there is one: it has levels. */
async function anyCall(url: string): Promise<{ id: string; token: string }> {
  const answer = await fetch(`${url}/api/v1/recommendations?current=true&limit=100`)
  const { items } = (await answer.json()) as { items: { id: string; token: string; type: string }[] }
  const call =
    items.find(({ type, token }) => type === 'BUY' && token.includes('0x')) ??
    items.find(({ type }) => type === 'BUY') ??
    items[0]
  if (!call) throw new Error('no call was made: nothing can be shown of one')
  return call
}

/** Every screen of the product, as the pictures in docs/screens show it. */
export const screens: readonly Screen[] = [
  { name: 'market', go: at('/') },
  {
    name: 'token',
    go: async (page, url) => void (await page.goto(`${url}/tokens/${encodeURIComponent((await anyCall(url)).token)}`)),
  },
  {
    name: 'recommendation',
    go: async (page, url) => void (await page.goto(`${url}/recommendations/${(await anyCall(url)).id}`)),
  },
  { name: 'record', go: at('/record') },
  { name: 'portfolio', go: at('/portfolio') },
  { name: 'alerts', go: at('/alerts') },
  { name: 'settings', go: at('/settings/analysis') },
  { name: 'operations', go: at('/operations') },
  { name: 'sources', go: at('/sources') },
  { name: 'sign-in', go: at('/sign-in') },
]

const json = { 'content-type': 'application/json' }

/** What an owner would have entered: without it the page of the portfolio has nothing to show. */
export async function fillPortfolio(url: string): Promise<void> {
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  }
  for (const [token, quantity, price] of [
    ['BTC', '0.15', '61000'],
    ['ETH', '2.4', '2900'],
    ['SOL', '31', '128'],
  ])
    await post('/user/portfolio/transactions', {
      token,
      kind: 'buy',
      quantity,
      priceUsd: price,
      at: '2026-01-02T10:00:00.000Z',
    })
  for (const token of ['BTC', 'LINK', 'AAVE']) await post('/user/watchlist', { token })
}

/** Until the house has called what it tracks, and follows it. */
export async function called(url: string): Promise<void> {
  for (let second = 0; second < 300; second++) {
    const answer = await fetch(`${url}/api/v1/health`)
    const { house, tracker } = (await answer.json()) as {
      house: { called: number; tracked: number; running: boolean }
      tracker: { state: string; open: number }
    }
    if (house.tracked > 0 && house.called >= house.tracked - 1 && !house.running && tracker.state === 'live') return
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  throw new Error('the house made no calls within five minutes')
}
