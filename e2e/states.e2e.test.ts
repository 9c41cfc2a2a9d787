import type { FastifyInstance } from 'fastify'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSampleHandlers } from '../packages/server/src/http/sample-handlers.ts'
import { createSampleMarket } from '../packages/server/src/http/sample-market.ts'
import { createHttp } from '../packages/server/src/http/server.ts'
import { systemIds } from '../packages/server/src/platform/ids.ts'
import { silentLog } from '../packages/server/src/platform/log.ts'
import { chromiumPath, expectSeen, openBrowser } from './browser.ts'
import { buildPages } from './product.ts'

const webRoot = new URL('../packages/web/dist', import.meta.url).pathname
const all = ['binance', 'coinbase', 'kraken', 'okx', 'coingecko']

describe.skipIf(!chromiumPath)('the pages in their rarer states (skipped where there is no Chromium)', () => {
  let browser: BrowserContext
  let page: Page
  const open: FastifyInstance[] = []

  beforeAll(async () => {
    await buildPages()
    browser = await openBrowser({ width: 1280, height: 800 })
    page = await browser.newPage()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    for (const app of open) await app.close()
  })

  async function visit(options: { down?: string[]; simulated?: boolean; empty?: boolean }): Promise<FastifyInstance> {
    const now = Date.now()
    const full = createSampleMarket({ now, simulated: options.simulated ?? false })
    const market = options.empty ? { ...full, recommendations: [], records: [] } : full
    const handlers = createSampleHandlers({ market, now, simulated: false, ...options })
    const app = await createHttp({
      handlers,
      log: silentLog,
      ids: systemIds,
      simulated: options.simulated ?? false,
      webRoot,
    })
    open.push(app)
    await page.goto(await app.listen({ host: '127.0.0.1', port: 0 }))
    await page.locator('.pill').filter({ hasNotText: 'Connecting' }).waitFor()
    return app
  }

  it('a live installation bears no SIMULATED anywhere', async () => {
    await visit({})
    await page.locator('.calls tbody tr').first().waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/simulated/i)
    expect(await page.locator('.pill').innerText()).toBe('Live, 5 sources up')
  })

  it('a call with a measured edge stands first and says so', async () => {
    await visit({})
    expect(await page.locator('.calls tbody tr').first().innerText()).toMatch(/SOL[\s\S]*BUY[\s\S]*measured edge/)
    expect(await page.locator('.lead-words').innerText()).toContain('1 with a measured edge after costs')
  })

  it('a filter leaves the calls of one type', async () => {
    await visit({})
    await page.getByRole('button', { name: /^SELL/ }).click()
    expect(await page.locator('.calls tbody .badge').allInnerTexts()).toEqual(
      Array(3).fill(expect.stringContaining('SELL')),
    )
  })

  it('a source that is down is named with its reason and since when', async () => {
    await visit({ down: ['okx'] })
    const alert = page.getByRole('alert')
    expect(await alert.innerText()).toMatch(/Degraded[\s\S]*okx: no answer within 5 s; last answered 15 min ago/)
    expect(await page.locator('.pill').innerText()).toBe('1 down, 4 up')
  })

  it('an installation without any source says OFFLINE and that nothing new comes', async () => {
    await visit({ down: all })
    expect(await page.getByRole('alert').innerText()).toContain('OFFLINE: no source answers. No new call can be made')
  })

  it('before the first call there is a progress, not an empty table', async () => {
    await visit({ empty: true })
    await page.getByRole('heading', { name: 'The first calls are being made' }).waitFor()
    expect(await page.locator('progress').getAttribute('max')).toBe('12')
    expect(await page.locator('.calls').count()).toBe(0)
  })

  it('when the server goes away the page keeps what it has and says that it may be old', async () => {
    const app = await visit({ empty: true })
    await app.close()
    await page.getByRole('alert').filter({ hasText: 'The server does not answer' }).waitFor({ timeout: 20_000 })
    expect(await page.locator('.pill').innerText()).toBe('No connection')
  })

  it('an unknown recommendation and an unknown page say so and lead back', async () => {
    const app = await visit({})
    const base = new URL(page.url()).origin
    await page.goto(`${base}/recommendations/0192f000-0000-7000-8000-00000000ffff`)
    await page.getByRole('heading', { name: 'There is no such recommendation' }).waitFor()
    await page.goto(`${base}/elsewhere`)
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    await page.getByRole('link', { name: 'See the current calls' }).click()
    await page.locator('.calls tbody tr').first().waitFor()
    expect(app.server.listening).toBe(true)
  })

  it('every type of call has its page: a HOLD its band, an AVOID no levels, no call its reason', async () => {
    await visit({})
    const base = new URL(page.url()).origin
    for (const [index, text] of [
      [2, 'Stays inside the band'],
      [11, 'asks for no trade and follows no band'],
      [12, 'No call could be made: only kraken gave a fresh price'],
    ] as const) {
      await page.goto(`${base}/recommendations/0192f000-0000-7000-8000-${String(index).padStart(12, '0')}`)
      await expectSeen(page, text)
    }
  })
})
