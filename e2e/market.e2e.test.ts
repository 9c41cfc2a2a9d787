import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { story } from './story.ts'

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('rowheader') })

async function open(page: Page, url: string, search = ''): Promise<void> {
  await page.goto(`${url}/${search}`)
  await page
    .getByRole('link', { name: /: the call of/ })
    .first()
    .waitFor({ timeout: 60_000 })
}

story(
  'the market at a glance, its tokens with price and call, and the newest with how their safety was judged',
  async ({ page, url, accessible }) => {
    await open(page, url)
    for (const title of ['Trend or range', 'Fear and greed', 'What our calls say', 'Current calls'])
      await page.getByRole('heading', { name: title, exact: true }).waitFor()
    await page.getByRole('heading', { name: /^Newest tokens/ }).waitFor()
    const newest = page.getByRole('region', { name: 'Newest tokens' })
    await newest
      .getByText(/checks passed|not assessed|unknown|failed/)
      .first()
      .waitFor()
    expect(await rows(page).count()).toBeGreaterThan(30)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(page.viewportSize()!.width)
    await accessible()
  },
  { looks: ['desk', 'night', 'phone', 'phoneNight'], timeoutMs: 120_000 },
)

story(
  'order and filter stand in the address, survive loading anew, and rows are gone through by keys',
  async ({ page, url }) => {
    await open(page, url)
    const head = page.getByRole('columnheader').filter({ hasText: '24 h' })
    await head.getByRole('button').click()
    await page.waitForURL(/by=change/)
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    await page.getByRole('combobox', { name: 'Chain' }).selectOption('solana')
    await page.waitForURL(/chain=solana/)
    const shown = await rows(page).allInnerTexts()
    await page.reload()
    await rows(page).first().waitFor()
    expect((await rows(page).allInnerTexts()).length).toBe(shown.length)
    expect(await page.getByRole('columnheader', { name: '24 h' }).getAttribute('aria-sort')).toBe('descending')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/tokens\/solana/)
  },
  { timeoutMs: 90_000 },
)

story(
  'what an address cannot say is as if it were not there',
  async ({ page, url }) => {
    await open(page, url, '?by=nothing&type=BUYY&rows=1e9&chain=%3Cb%3E')
    expect(await rows(page).count()).toBeGreaterThan(30)
  },
  { timeoutMs: 90_000 },
)

story(
  'a search says by what each token was found and that a ticker is borne by several',
  async ({ page, url, accessible }) => {
    await open(page, url)
    await page.keyboard.press('/')
    const dialog = page.getByRole('dialog', { name: 'Find a token' })
    await dialog.getByRole('combobox').fill('orb')
    await dialog.getByText('2 tokens bear the ticker ORB.').waitFor()
    expect(await dialog.getByRole('option').count()).toBeGreaterThanOrEqual(2)
    await accessible()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/tokens\//)
  },
  { looks: ['desk', 'phone'], timeoutMs: 90_000 },
)

story(
  'what takes long says what it is doing; what fails says why next to it and keeps the rest',
  async ({ page, url, expectComplaint }) => {
    expectComplaint(/status of 503/)
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    await page.route(/\/api\/v1\/analysis\/market-overview/, (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        json: { type: 'about:blank', title: 'x', status: 503, code: 'unavailable', detail: 'the overview is away' },
      }),
    )
    await page.route(/\/api\/v1\/recommendations$/, async (route) => {
      await held
      await route.continue()
    })
    await open(page, url)
    await page.getByText('the overview is away').first().waitFor()
    await page.getByRole('button', { name: 'Ask for a call' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ask for a call' })
    await dialog.getByRole('combobox', { name: 'Token' }).fill('ETH')
    await dialog.getByRole('button', { name: 'Ask for a call' }).click()
    await dialog.getByText(/Asking for the freshest sealed call/).waitFor()
    await dialog.getByText(/for \d+ s/).waitFor()
    letGo()
    await page.waitForURL(/\/recommendations\/[\w-]{36}$/, { timeout: 60_000 })
  },
  { timeoutMs: 120_000 },
)
