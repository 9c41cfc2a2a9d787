import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, expectSeen, openBrowser } from './browser.ts'
import { buildPages, startDemo, type Product } from './product.ts'

describe.skipIf(!chromiumPath)(
  'a browser on the product with its simulated market (skipped where there is no Chromium)',
  () => {
    let product: Product
    let browser: BrowserContext
    let page: Page
    const complaints: string[] = []
    const foreign: string[] = []

    beforeAll(async () => {
      await buildPages()
      product = await startDemo()
      browser = await openBrowser({ width: 1440, height: 900 })
      page = await browser.newPage()
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
      page.on('request', (request) => !request.url().startsWith(product.url) && foreign.push(request.url()))
    }, 60_000)

    afterAll(async () => {
      await browser?.close()
      await product?.close()
    }, 60_000)

    it('says SIMULATED before anything else, and shows the first call from an empty home', async () => {
      await page.goto(product.url)
      await page.locator('.simulated strong', { hasText: 'SIMULATED' }).waitFor()
      await page.locator('.calls tbody tr').first().waitFor({ timeout: 60_000 })
      expect(await page.locator('.calls tbody .badge').first().textContent()).toMatch(/BUY|SELL|HOLD|AVOID|NO CALL/)
      expect(await page.getByText('none has a measured edge after costs').count()).toBe(1)
    })

    it('answers a question from the form with a sealed recommendation that this browser can verify', async () => {
      await page.getByLabel('Token').fill('BTC')
      await page.getByRole('button', { name: 'Ask for a call' }).click()
      await page.waitForURL(/\/recommendations\/[\w-]{36}$/, { timeout: 60_000 })
      await page.getByRole('heading', { name: 'BTC', level: 1 }).waitFor()
      expect(await page.locator('.label-loud').textContent()).toBe('SIMULATED')
      await page.locator('.readings tbody tr').first().waitFor()
      await page.getByRole('button', { name: 'Verify in this browser' }).click()
      await expectSeen(page, 'This is what was sealed.')
      await expectSeen(page, 'These are the inputs it was decided from.')
    })

    it('says of the new call what is awaited and until when, and how far its candles are known', async () => {
      const outcome = page.locator('.outcome').filter({ hasText: /Awaited/ })
      await outcome.waitFor()
      expect(await outcome.innerText()).toMatch(/have not been read yet|are known without a hole until/)
    })

    it('shows a record in which every house call is counted, and tells no rate of so few', async () => {
      await page.getByRole('link', { name: 'Track record' }).click()
      await page.waitForURL(/\/record$/)
      await page.locator('.counts tfoot').waitFor()
      const figures = (await page.locator('.counts td.num').allInnerTexts()).map(Number)
      // Until the first look at the market nothing is followed, and the page says so.
      if (figures.at(-1) === 0) await expectSeen(page, 'None is followed yet')
      expect(figures).toHaveLength(9)
      expect(figures.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBe(figures.at(-1))
      expect(await page.locator('.tile .big').filter({ hasText: '%' }).count()).toBe(0)
      expect(await page.locator('.following').innerText()).toMatch(/^(No open call followed yet|Following )/)
      expect(await page.getByText('npx pumpiq verify --export').count()).toBe(1)
      await page.goBack()
      await page.getByRole('button', { name: 'Verify in this browser' }).waitFor()
    })

    it('shows an altered document to be altered', async () => {
      await page.route('**/api/v1/recommendations/*', async (route) => {
        const answer = await route.fetch()
        const document = (await answer.json()) as { score: number }
        await route.fulfill({ response: answer, json: { ...document, score: document.score + 0.01 } })
      })
      await page.reload()
      await page.getByRole('button', { name: 'Verify in this browser' }).click()
      await expectSeen(page, 'This is not what was sealed')
      await page.unroute('**/api/v1/recommendations/*')
    })

    it('offers what an ambiguous ticker could mean, and goes on with the one that is chosen', async () => {
      await page.getByRole('link', { name: '← Current calls' }).click()
      await page.getByLabel('Token').fill('ORB')
      await page.getByRole('button', { name: 'Ask for a call' }).click()
      const candidates = page.locator('.refused button')
      await candidates.first().waitFor({ timeout: 30_000 })
      expect(await candidates.count()).toBe(2)
      await candidates.last().click()
      await page.getByRole('heading', { name: 'ORB', level: 1 }).waitFor({ timeout: 60_000 })
    })

    it('says in a sentence what is wrong with a token that does not exist', async () => {
      await page.goto(product.url)
      await page.getByLabel('Token').fill('NOSUCHTOKEN')
      await page.getByRole('button', { name: 'Ask for a call' }).click()
      await expectSeen(page, 'NOSUCHTOKEN')
    })

    it('fits a telephone without a bar to scroll sideways', async () => {
      await page.setViewportSize({ width: 390, height: 844 })
      for (const path of ['/', await page.locator('.row-link').first().getAttribute('href'), '/record']) {
        await page.goto(product.url + path)
        await page.locator('.calls tbody tr, .ladder svg, .counts').first().waitFor()
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
      }
    })

    it('stops without leaving anything half-done when it is told to', async () => {
      // An open page would go on asking, and complain of a server that is gone.
      await page.close()
      expect(await product.close()).toBe(0)
    })

    it('loads nothing from elsewhere and complains of nothing but the refusals that were asked for', () => {
      expect(foreign).toEqual([])
      // The browser itself notes the two refused questions above.
      expect(complaints.filter((text) => !/status of (404|409|400)/.test(text))).toEqual([])
    })
  },
)
