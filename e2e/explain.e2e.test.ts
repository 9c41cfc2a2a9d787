import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser } from './browser.ts'
import { buildPages } from './product.ts'
import { openSampleSite } from './sample-site.ts'

describe.skipIf(!chromiumPath)('why a call says what it says (skipped where there is no Chromium)', () => {
  let browser: BrowserContext
  let page: Page
  let site: Awaited<ReturnType<typeof openSampleSite>>

  beforeAll(async () => {
    await buildPages()
    site = await openSampleSite()
    browser = await openBrowser({ width: 1280, height: 800 })
    page = await browser.newPage()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const reasons = () => page.getByRole('region', { name: /^Reasons/ })
  const opened = () => page.getByRole('region', { name: /stands for$/ })

  it('a number of the reasons is opened, followed and closed by keyboard alone', async () => {
    await page.goto(`${site.url}/recommendations/0192f000-0000-7000-8000-000000000001`)
    const score = reasons().getByRole('button', { name: 'score: what it stands for' }).first()
    await score.waitFor()
    await score.focus()
    await page.keyboard.press('Enter')
    await opened().waitFor()
    expect(await score.getAttribute('aria-expanded')).toBe('true')
    await opened().getByRole('button', { name: 'chain.funding: what it stands for' }).press('Enter')
    await opened().getByText('binance-futures').first().waitFor()
    expect(await opened().innerText()).toContain('fundingRatio8h')
    await page.keyboard.press('Escape')
    await opened().waitFor({ state: 'detached' })
    expect(await score.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true)
  })

  it('what strangers wrote opens as their text, which runs nothing', async () => {
    const score = reasons().getByRole('button', { name: 'score: what it stands for' }).first()
    await score.click()
    await opened().getByRole('button', { name: 'news.tone: what it stands for' }).click()
    await opened().getByText('Written by strangers:').first().waitFor()
    expect(await opened().innerText()).toContain('<img src=x onerror=alert(1)>')
    expect(await opened().locator('img, script').count()).toBe(0)
  })
})
