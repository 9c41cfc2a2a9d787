import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleSourceIds } from '../packages/server/src/http/sample-sources.ts'
import { chromiumPath, openBrowser } from './browser.ts'
import { buildPages } from './product.ts'
import { openSampleSite } from './sample-site.ts'

describe.skipIf(!chromiumPath)('where evidence comes from (skipped where there is no Chromium)', () => {
  let browser: BrowserContext
  let page: Page
  let site: Awaited<ReturnType<typeof openSampleSite>>
  const complaints: string[] = []

  beforeAll(async () => {
    await buildPages()
    site = await openSampleSite({ down: ['okx'] })
    browser = await openBrowser({ width: 1280, height: 800 })
    page = await browser.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const region = (name: string | RegExp) => page.getByRole('region', { name })
  const row = (name: string) =>
    page.getByRole('table', { name: 'Every outside source' }).locator('tbody tr', { hasText: name })

  it('the home page says in a line how many sources answer, and leads to all of them', async () => {
    await page.goto(site.url)
    const note = region('Sources')
    await note.getByText('answering').waitFor()
    expect(await note.innerText()).toContain(`${sampleSourceIds.length - 1} answering, 1 down, 1 not asked yet, 3 off.`)
    await note.getByRole('link').click()
    await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/sources')
  })

  it('every source stands under the kinds it speaks for', async () => {
    await row('binance').first().waitFor()
    const groups = await page.locator('th[scope=rowgroup]').allInnerTexts()
    expect(groups.map((text) => text.trim().split(/\s{2,}|\s(?=\d)/)[0])).toEqual([
      'News',
      'On-chain',
      'Technical',
      'Social',
      'Which tokens there are',
    ])
    expect(groups[2]).toContain('4 answering, 1 down')
    expect(await row('santiment').count()).toBe(2)
  })

  it('a source says how it stands: since when, why not, or which key it needs', async () => {
    expect(await row('kraken').innerText()).toMatch(
      /candles, price[\s\S]*answering, no failure since the start[\s\S]*1\d s ago/,
    )
    expect(await row('okx').innerText()).toContain('down: no answer within 5 s; last answered 15 min ago')
    expect(await row('theblock').innerText()).toContain('not asked yet')
    expect(await row('cryptopanic').innerText()).toContain('off: needs CRYPTOPANIC_API_KEY')
    expect(await row('kraken').getByRole('link').getAttribute('href')).toBe('https://docs.example/kraken')
  })

  it('a source says how many calls are left in which window, how fast it is, and how often it drifted', async () => {
    expect(await row('dexscreener').innerText()).toContain('37 of 60 left this minute')
    expect(await row('blockscout').innerText()).toContain('1,204 of 2,000 left today')
    expect(await row('goplus').innerText()).toMatch(/3 answers not in the documented shape[\s\S]*half within 84 ms/)
    expect(await row('kraken').innerText()).not.toContain('documented shape')
  })

  it('the sources are reached by keyboard', async () => {
    await page.goto(site.url)
    await page.getByRole('row').nth(1).waitFor()
    const focused = () => page.evaluate('document.activeElement?.getAttribute("href") ?? null')
    for (let i = 0; i < 15 && (await focused()) !== '/sources'; i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/sources')
  })

  it('a token has a page of its own: who it is, its price, and all that is known of it with source and age', async () => {
    await page.goto(`${site.url}/tokens/ethereum%3A0x514910771af9ca656af840dff83e8264ecf986ca`)
    await region(/^Stories/)
      .locator('li')
      .first()
      .waitFor()
    const told = await page.locator('main article').innerText()
    for (const part of ['Chainlink', 'ethereum:0x514910771af9', 'rank 8']) expect(told).toContain(part)
    expect(told).toMatch(/\d\.\d+[\s\S]*USD, [\w, ]+, \d+ \w+ old/)
    expect(await page.locator('#reading-chain\\.top10').innerText()).toMatch(/from goplus:top10Ratio, 11 min old/)
    expect(await region(/^Token safety/).innerText()).toContain('✓ passed')
    expect(await region('Not known').innerText()).toContain('okx: no answer within 5 s')
  })

  it('the page of a token can be opened by its address, also by one with a dot; of an unknown one it says so', async () => {
    await page.reload()
    await page.getByRole('heading', { name: 'LINK', level: 1 }).waitFor()
    await page.goto(`${site.url}/tokens/near-protocol%3Awrap.near/`)
    await page.getByRole('heading', { name: 'There is no such token' }).waitFor()
    expect(await page.getByRole('alert').filter({ hasText: 'token' }).innerText()).toContain('near-protocol:wrap.near')
  })
})
