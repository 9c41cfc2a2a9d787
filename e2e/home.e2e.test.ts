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

    const ask = async (token: string) => {
      await page.getByRole('button', { name: 'Ask for a call' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('combobox', { name: 'Token' }).fill(token)
      await dialog.getByRole('button', { name: 'Ask for a call' }).click()
      return dialog
    }

    it('says SIMULATED before anything else, shows prices from an empty home, and the calls as they come', async () => {
      await page.goto(product.url)
      await page.getByText('SIMULATED', { exact: true }).first().waitFor()
      const bitcoin = page.getByRole('row', { name: /BTC/ }).first()
      await bitcoin.waitFor({ timeout: 60_000 })
      expect(await bitcoin.getByRole('cell').nth(1).innerText()).toMatch(/^[\d,.]+/)
      const called = page.getByRole('link', { name: /^(?:BUY|SELL|HOLD|AVOID|No call): the call of/ })
      await called.first().waitFor({ timeout: 60_000 })
      expect(await page.getByText('none has a measured edge after costs').count()).toBe(1)
    })

    it('answers a question with a sealed recommendation that this browser can verify', async () => {
      await ask('BTC')
      await page.waitForURL(/\/recommendations\/[\w-]{36}$/, { timeout: 60_000 })
      await page.getByRole('heading', { name: 'BTC', level: 1 }).waitFor()
      await page.getByRole('button', { name: 'Verify in this browser' }).click()
      await expectSeen(page, 'This is what was sealed.')
      await expectSeen(page, 'These are the inputs it was decided from.')
    })

    it('offers what an ambiguous ticker could mean, and goes on with the one that is chosen', async () => {
      await page.goto(product.url)
      const dialog = await ask('ORB')
      const candidates = dialog.getByRole('region', { name: 'Which one is meant?' }).getByRole('button')
      await candidates.first().waitFor({ timeout: 30_000 })
      expect(await candidates.count()).toBe(2)
      await candidates.last().click()
      await page.getByRole('heading', { name: 'ORB', level: 1 }).waitFor({ timeout: 60_000 })
    })

    it('says in a sentence what is wrong with a token that does not exist, and keeps what was typed', async () => {
      await page.goto(product.url)
      const dialog = await ask('NOSUCHTOKEN')
      expect(await dialog.getByRole('alert').innerText()).toContain('NOSUCHTOKEN')
      expect(await dialog.getByRole('combobox', { name: 'Token' }).inputValue()).toBe('NOSUCHTOKEN')
    })

    it('fits a telephone without a bar to scroll sideways', async () => {
      await page.setViewportSize({ width: 390, height: 844 })
      await page.goto(product.url)
      await page.getByRole('rowheader').first().waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
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
