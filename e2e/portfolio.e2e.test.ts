import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { story, type Stage } from './story.ts'

const field = (page: Page, name: string) => page.getByRole('dialog').getByLabel(name, { exact: true })
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).first()

/** What the shared product holds from another story is taken away: each begins with nothing. */
async function begin({ page, url }: Stage): Promise<void> {
  const api = `${url}/api/v1/user`
  const { items } = (await (await page.request.get(`${api}/portfolio/transactions?limit=200`)).json()) as Listed
  for (const kind of ['send', 'sell', 'receive', 'buy'])
    for (const one of items) if (one.kind === kind) await page.request.delete(`${api}/portfolio/transactions/${one.id}`)
  const watched = (await (await page.request.get(`${api}/watchlist`)).json()) as Listed
  for (const { id } of watched.items) await page.request.delete(`${api}/watchlist/${encodeURIComponent(id)}`)
  await page.goto(`${url}/portfolio`)
}
type Listed = { readonly items: readonly { readonly id: string; readonly kind?: string }[] }

async function add(page: Page, given: Readonly<Record<string, string>>, kind = 'Bought'): Promise<void> {
  await page.getByRole('button', { name: 'Add a transaction' }).click()
  await field(page, 'What happened').selectOption({ label: kind })
  for (const [name, value] of Object.entries(given)) await field(page, name).fill(value)
  await page.getByRole('button', { name: 'Save' }).click()
}
const tokenField = 'Token: ticker, address or chain:address'

story(
  'what one bought is valued, what has no known cost is named, and a mistake is corrected, taken away and brought back',
  async (stage) => {
    const { page, accessible } = stage
    await begin(stage)
    await page.getByText('Nothing yet. Add what you bought').waitFor()
    await accessible()
    await add(page, { [tokenField]: 'bitcoin:native', Quantity: '0.5', 'Price of one, USD': '61200', 'Fee, USD': '10' })
    const holdings = section(page, 'Holdings')
    await holdings.getByText('$61,220').waitFor()
    await add(page, { [tokenField]: 'ethereum:native', Quantity: '2' }, 'Received')
    await page.getByText('Not everything is in these sums.').waitFor()
    await page.getByText(/what ETH .* did cost is not known/).waitFor()
    await section(page, 'Exposure').getByText('By chain').waitFor()
    const transactions = section(page, 'Transactions')
    await transactions.getByRole('button', { name: 'Edit Bought 0.5 BTC' }).click()
    await accessible()
    await field(page, 'Quantity').fill('0.25')
    await page.getByRole('button', { name: 'Save' }).click()
    await transactions.getByRole('button', { name: 'Remove Bought 0.25 BTC' }).click()
    await page.getByText('Removed: Bought 0.25 BTC.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await transactions.getByRole('button', { name: 'Edit Bought 0.25 BTC' }).waitFor()
    await accessible()
    const [shown, whole] = (await page.evaluate(
      '[document.documentElement.clientWidth, document.documentElement.scrollWidth]',
    )) as [number, number]
    expect(whole).toBeLessThanOrEqual(shown)
  },
  { looks: ['desk', 'night', 'phone', 'phoneNight'] },
)

story('what the server refuses stands beside what was typed, and nothing of it is lost', async (stage) => {
  const { page, expectComplaint } = stage
  expectComplaint(/status of (400|404|409|422)/)
  await begin(stage)
  await add(page, { [tokenField]: 'bitcoin:native', Quantity: 'a lot', 'Price of one, USD': '61200' })
  await page
    .getByRole('dialog')
    .getByText(/quantity.*decimal number/)
    .waitFor()
  expect(await field(page, 'Quantity').inputValue()).toBe('a lot')
  expect(await field(page, 'Price of one, USD').inputValue()).toBe('61200')
  await field(page, 'Quantity').fill('1')
  await page.getByRole('button', { name: 'Save' }).click()
  await section(page, 'Transactions').getByText('Bought 1 BTC').waitFor()
  await add(page, { [tokenField]: 'bitcoin:native', Quantity: '5', 'Price of one, USD': '1' }, 'Sold')
  await page.getByRole('dialog').getByRole('alert').waitFor()
  expect(await field(page, 'Quantity').inputValue()).toBe('5')
})

const good =
  'at,token,kind,quantity,price_usd,ref\n2026-01-02,bitcoin:native,buy,0.1,60000,a-1\n2026-02-02,ethereum:native,buy,1,3000,a-2\n'

story(
  'a file is refused line by line with nothing taken, else taken whole, and comes out as it went in',
  async (stage) => {
    const { page, accessible } = stage
    await begin(stage)
    const choose = async (text: string) => {
      const file = page.getByLabel(/^CSV file/)
      await file.setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    }
    await page.getByRole('button', { name: 'Import CSV' }).click()
    await choose(`${good}2026-03-02,bitcoin:native,buy,many,1,a-3\n2026-03-02,NOPE,buy,1,1,a-4\n`)
    await page.getByText('Nothing was taken: 2 lines refused.').waitFor()
    await page.getByText('Line 4').waitFor()
    await page.getByText('no token with the ticker NOPE').waitFor()
    expect(await page.getByRole('button', { name: /^Take them/ }).count()).toBe(0)
    await accessible()
    await choose(good)
    await page.getByText('2 transactions would be added.').waitFor()
    await page.getByRole('button', { name: 'Take them (2 transactions)' }).click()
    await page.getByText('2 transactions added.').waitFor()
    await choose(good)
    await page.getByText('2 known already by their ref').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await section(page, 'Transactions').getByText('Bought 0.1 BTC').waitFor()
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const csv = await readFile(await (await coming).path(), 'utf8')
    expect(csv).toMatch(/^at,token,kind,[\s\S]*bitcoin:native,buy,0\.1,60000[\s\S]*ethereum:native,buy,1,3000/)
  },
)

story(
  'a token is watched with a note and a target, seen with price and call, and its removal undone',
  async (stage) => {
    const { page, accessible } = stage
    await begin(stage)
    const watchlist = section(page, 'Watchlist')
    await watchlist.getByText('Nothing is watched yet.').waitFor()
    await page.getByRole('button', { name: 'Watch a token' }).click()
    await field(page, tokenField).fill('bitcoin:native')
    await field(page, 'Target price, USD').fill('90000')
    await field(page, 'Note to yourself').fill('<b>wait</b> for it')
    await page.getByRole('button', { name: 'Watch', exact: true }).click()
    await watchlist.getByText('<b>wait</b> for it').waitFor()
    await watchlist.getByText(/% to go/).waitFor()
    await watchlist.getByRole('link', { name: /^The call of BTC/ }).waitFor()
    await accessible()
    await watchlist.getByRole('button', { name: 'Remove BTC' }).click()
    await page.getByText('BTC is watched no longer.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await watchlist.getByText('<b>wait</b> for it').waitFor()
  },
  { looks: ['desk', 'phone'] },
)

story(
  'a portfolio that cannot be read says so, holds the rest of the page, and is read when it can be',
  async (stage) => {
    const { page, url, accessible, expectComplaint } = stage
    expectComplaint(/status of 500/)
    let fails = true
    await page.route('**/api/v1/user/portfolio', (route) =>
      fails ? route.fulfill({ status: 500, json: { code: 'broken', detail: 'something broke' } }) : route.continue(),
    )
    await page.goto(`${url}/portfolio`)
    await section(page, 'Holdings').getByText('This could not be read.').waitFor()
    await section(page, 'Watchlist').waitFor()
    await accessible()
    fails = false
    await section(page, 'Holdings').getByRole('button', { name: 'Ask again' }).click()
    await page.getByText('This could not be read.').waitFor({ state: 'detached' })
  },
)
