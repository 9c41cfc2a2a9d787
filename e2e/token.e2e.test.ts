import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { story } from './story.ts'

const bitcoin = (url: string) => `${url}/tokens/bitcoin%3Anative`
const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name })
const chart = (page: Page) => page.getByRole('group', { name: /^BTC: \d+ candles? of / })

/** The page with its chart drawn and all that is known gathered. */
async function open(page: Page, url: string): Promise<void> {
  await page.goto(bitcoin(url))
  await page.getByRole('heading', { name: 'BTC', level: 1 }).waitFor({ timeout: 60_000 })
  // A product that has just begun keeps no candle yet; the page looks for them again by itself.
  await chart(page).waitFor({ timeout: 150_000 })
  await chart(page).locator('canvas').first().waitFor()
  await region(page, /^The four views/)
    .getByRole('table')
    .first()
    .waitFor({ timeout: 60_000 })
}

story(
  'a token is seen with its price, its market, its call, what is known of it and by whom',
  async ({ page, url, accessible }) => {
    await open(page, url)
    expect(await region(page, /^Price/).innerText()).toMatch(/Kept: \d+ candles? of \w+ since .* as \w+ told them/)
    expect(await region(page, /^Token safety/).innerText()).toContain('Coin of its own chain')
    expect(await region(page, /^Sources/).innerText()).toContain('Not known')
    await region(page, /^Readings/)
      .getByText('tech.rsi14')
      .waitFor()
    await accessible()
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  },
  { looks: ['desk', 'night', 'phone', 'phoneNight'], timeoutMs: 240_000 },
)

story('the bars of each view add up to its score', async ({ page, url }) => {
  await open(page, url)
  const more = region(page, /^The four views/).getByRole('button', { name: 'Show each' })
  while ((await more.count()) > 0) await more.first().click()
  const tables = await region(page, /^The four views/)
    .getByRole('table')
    .all()
  expect(tables.length).toBeGreaterThan(1)
  for (const table of tables) {
    const parts = (await table.locator('tbody td:last-child').allInnerTexts()).map(figureOf)
    const score = figureOf(await table.locator('tfoot td:last-child').innerText())
    const sum = parts.reduce((a, b) => a + b, 0)
    // Each is rounded to three decimals.
    expect(Math.abs(sum - score), `${parts.join(' ')} against ${score}`).toBeLessThanOrEqual(
      0.0005 * (parts.length + 1) + 1e-9,
    )
  }
})

const figureOf = (text: string): number => Number(text.trim().replace('−', '-'))

story('the chart is read by keyboard, told in a table, and wears what is chosen', async ({ page, url, accessible }) => {
  await open(page, url)
  const price = region(page, /^Price/)
  await price.getByRole('button', { name: '1m', exact: true }).click()
  await page.getByRole('group', { name: /^BTC: \d+ candles? of 1m/ }).waitFor()
  const legend = price.locator('p[aria-live=polite]')
  const newest = await legend.innerText()
  await chart(page).focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => legend.innerText()).not.toBe(newest)
  const before = (await chart(page).boundingBox())!.height
  await price.getByRole('button', { name: /^RSI 14/ }).click()
  await expect.poll(() => legend.innerText()).toContain('RSI 14')
  expect((await chart(page).boundingBox())!.height).toBeGreaterThan(before)
  await price.getByText('The figures as a table').click()
  const candles = price.getByRole('table', { name: /^Candles of BTC/ }).locator('tbody tr')
  const count = Number(/: (\d+) candle/.exec((await chart(page).getAttribute('aria-label'))!)![1])
  expect(await candles.count()).toBe(Math.min(50, count))
  // What lies half below the header that stays is no smaller a target: it can be scrolled.
  await page.evaluate('scrollTo(0, 0)')
  await accessible()
})

story(
  'what happened stands on the chart at its time, is told when it is focused, and leads on',
  async ({ page, url }) => {
    await open(page, url)
    const lane = page.getByRole('group', { name: 'What happened, at its time' })
    await lane.getByRole('button').last().focus()
    await lane.getByRole('list').waitFor()
    expect(await lane.getByRole('list').innerText()).toMatch(/UTC/)
    await page.keyboard.press('Escape')
    await lane.getByRole('list').waitFor({ state: 'detached' })
    const calls = region(page, /^Every call on it/).locator('tbody tr')
    expect(await calls.count()).toBeGreaterThan(0)
    await calls.first().getByRole('link').click()
    await page.waitForURL(/\/recommendations\//)
  },
)

story('a token is watched, and no longer, from its page', async ({ page, url }) => {
  await open(page, url)
  const either = page.getByRole('button', { name: /^Watch(?:ing)?$/ })
  await either.waitFor()
  // Another story may have begun to watch it.
  if ((await either.innerText()).includes('Watching')) await either.click()
  await page.getByRole('button', { name: 'Watch', exact: true }).click()
  await page.getByRole('button', { name: 'Watching' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Watching' }).click()
  await page.getByRole('button', { name: 'Watch', exact: true }).waitFor()
})

story(
  'what cannot be read says so in its place, and the rest of the page stands',
  async ({ page, url, accessible, expectComplaint }) => {
    expectComplaint(/500|Internal Server Error/)
    const problem = {
      type: 'urn:pumpiq:problem:broken',
      title: 'Broken',
      status: 500,
      detail: 'the disk is full',
      code: 'broken',
      requestId: 'x',
    }
    await page.route(/\/api\/v1\/tokens\/[^/]+\/history/, (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    )
    await page.goto(bitcoin(url))
    await region(page, /^The four views/)
      .getByRole('table')
      .first()
      .waitFor({ timeout: 60_000 })
    await region(page, /^Price/)
      .getByRole('alert')
      .filter({ hasText: 'the disk is full' })
      .waitFor()
    await accessible()
    await page.unroute(/\/api\/v1\/tokens\/[^/]+\/history/)
    await region(page, /^Price/)
      .getByRole('button', { name: 'Ask again' })
      .click()
    await chart(page).waitFor()
  },
  { timeoutMs: 120_000 },
)

story('of a token that is not there, the page says so and leads on', async ({ page, url, expectComplaint }) => {
  expectComplaint(/404/)
  await page.goto(`${url}/tokens/near-protocol%3Ano.such.token`)
  await page.getByRole('heading', { name: 'There is no such token' }).waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name: 'See the current calls' }).click()
  await page.waitForURL(`${url}/`)
})
