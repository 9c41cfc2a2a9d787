import type { FastifyInstance } from 'fastify'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSampleHandlers } from '../packages/server/src/http/sample-handlers.ts'
import { createSampleMarket } from '../packages/server/src/http/sample-market.ts'
import { sampleSourceIds } from '../packages/server/src/http/sample-sources.ts'
import { createHttp } from '../packages/server/src/http/server.ts'
import { systemIds } from '../packages/server/src/platform/ids.ts'
import { silentLog } from '../packages/server/src/platform/log.ts'
import { chromiumPath, expectSeen, openBrowser } from './browser.ts'
import { contrastOf } from './contrast.ts'
import { buildPages } from './product.ts'
import { withRecord, type SampleRecord } from './sample-record.ts'

const webRoot = new URL('../packages/web/dist', import.meta.url).pathname

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

  type Visit = SampleRecord & { down?: string[]; simulated?: boolean; empty?: boolean; path?: string }

  async function visit(options: Visit): Promise<FastifyInstance> {
    const now = Date.now()
    // What has ended was issued before its horizon.
    const issuedBy = options.ended === undefined ? now : now - 8 * 86_400_000
    const full = createSampleMarket({ now: issuedBy, simulated: options.simulated ?? false })
    const market = options.empty ? { ...full, recommendations: [], records: [] } : full
    const handlers = withRecord(
      createSampleHandlers({ market, now, simulated: false, ...options }),
      market,
      now,
      options,
    )
    const app = await createHttp({
      handlers,
      log: silentLog,
      ids: systemIds,
      simulated: options.simulated ?? false,
      webRoot,
    })
    open.push(app)
    await page.goto((await app.listen({ host: '127.0.0.1', port: 0 })) + (options.path ?? ''))
    await page.locator('header [role=status]').first().filter({ hasNotText: 'Connecting' }).waitFor()
    return app
  }

  it('a live installation bears no SIMULATED anywhere', async () => {
    await visit({})
    await page.getByRole('row').nth(1).waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/simulated/i)
    expect(await page.locator('header [role=status]').first().innerText()).toBe(
      `Live, ${sampleSourceIds.length} sources up`,
    )
  })

  it('a call with a measured edge stands first and says so', async () => {
    await visit({ path: '/?by=call' })
    await expectSeen(page, '1 with a measured edge after costs')
    expect(await page.getByRole('row').nth(1).innerText()).toMatch(/SOL[\s\S]*BUY[\s\S]*measured edge/)
  })

  it('a filter leaves the calls of one type', async () => {
    await visit({})
    await page.getByRole('button', { name: /^SELL/ }).click()
    await page.waitForURL(/type=SELL/)
    const rows = await page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader') })
      .allInnerTexts()
    expect(rows).toEqual(Array(3).fill(expect.stringContaining('SELL')))
  })

  it('a source that is down is named with its reason and since when', async () => {
    await visit({ down: ['okx'] })
    const alert = page.getByRole('alert')
    expect(await alert.innerText()).toMatch(/Degraded[\s\S]*okx: no answer within 5 s; last answered 15 min ago/)
    expect(await page.locator('header [role=status]').first().innerText()).toBe(
      `1 down, ${sampleSourceIds.length - 1} up`,
    )
  })

  it('an installation without any source says OFFLINE and that nothing new comes', async () => {
    await visit({ down: [...sampleSourceIds] })
    expect(await page.getByRole('alert').innerText()).toContain('OFFLINE: no source answers. No new call can be made')
  })

  it('before the first call there is a progress, and prices already', async () => {
    await visit({ empty: true })
    await page.getByRole('heading', { name: 'The first calls are being made' }).waitFor()
    expect(await page.locator('progress').getAttribute('max')).toBe('12')
    await page.getByRole('row', { name: /BTC/ }).waitFor()
    expect(await page.getByText('not called').count()).toBeGreaterThan(5)
  })

  it('when the server goes away the page keeps what it has and says that it may be old', async () => {
    const app = await visit({ empty: true })
    await app.close()
    await page.getByRole('alert').filter({ hasText: 'The server does not answer' }).waitFor({ timeout: 20_000 })
    expect(await page.locator('header [role=status]').first().innerText()).toBe('No connection')
  })

  it('an unknown recommendation and an unknown page say so and lead back', async () => {
    const app = await visit({})
    const base = new URL(page.url()).origin
    await page.goto(`${base}/recommendations/0192f000-0000-7000-8000-00000000ffff`)
    await page.getByRole('heading', { name: 'There is no such recommendation' }).waitFor()
    await page.goto(`${base}/elsewhere`)
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    await page.getByRole('link', { name: 'See the current calls' }).click()
    await page.getByRole('row').nth(1).waitFor()
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

  const pageOf = (index: number) => `/recommendations/0192f000-0000-7000-8000-${String(index).padStart(12, '0')}`

  const region = (name: RegExp) => page.getByRole('region', { name }).first()

  it('a record without an ending says so, counts what is open, and tells no rate', async () => {
    await visit({ path: '/record' })
    await page.getByRole('heading', { name: 'No call has ended yet' }).waitFor()
    await expectSeen(page, 'The first swing calls end within 7 d')
    await expectSeen(page, 'No rate is told before 30 independent ones have ended.')
    const stillOpen = region(/^Everything is counted$/).locator('tr', { hasText: 'Open' })
    expect(await stillOpen.locator('td').innerText()).toBe('11')
    expect(await page.getByRole('region', { name: 'Mean result, net' }).count()).toBe(0)
    await expectSeen(page, 'Too few closed calls to compare with buy and hold (0).')
    await expectSeen(page, 'there is nothing to draw')
  })

  it('a thin record gives counts and losers first, but says "too few" where a rate would stand', async () => {
    await visit({ ended: 'few', path: '/record' })
    const endings = region(/^Calls that ended$/).locator('tbody tr')
    await endings.first().waitFor()
    expect(await endings.first().innerText()).toMatch(/XRP[\s\S]*Stopped[\s\S]*−1\.08 R/)
    for (const rate of ['Mean result, net', 'Target 1 before stop', 'Won after costs'])
      expect(await page.getByRole('region', { name: rate, exact: true }).innerText()).toContain('Too few to say')
    expect(await region(/^By type$/).innerText()).not.toContain('%')
    expect(await region(/^One R on each call/).innerText()).toContain('too few to tell skill from luck')
    const counts = await region(/^Everything is counted$/)
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows
          .map((row) => (row as unknown as { cells: ArrayLike<{ innerText: string }> }).cells)
          .map((cells) => [cells[0]!.innerText.split('\n')[0], cells[1]!.innerText]),
      )
    expect(Object.fromEntries(counts)).toEqual({
      Stopped: '3',
      Void: '1',
      'Time over': '2',
      'Target 3': '1',
      Delisted: '1',
      Unresolved: '1',
      'Not filled': '1',
      Open: '1',
    })
    await endings.nth(9).waitFor()
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0)
    await page.getByRole('button', { name: '7 days' }).click()
    await page.getByRole('heading', { name: 'No call ended in the last 7 days' }).waitFor()
  })

  it('a thick record tells each rate with its interval and how many independent calls carry it', async () => {
    await visit({ ended: 'many', path: '/record' })
    const hit = page.getByRole('region', { name: 'Target 1 before stop', exact: true })
    await hit.waitFor()
    expect(await hit.innerText()).toMatch(/43\.1 %[\s\S]*36\.9[\s\S]*to 49\.3 %[\s\S]*412 ended, 206 independent/)
    expect(await page.getByRole('region', { name: 'Mean result, net', exact: true }).innerText()).toMatch(
      /−0\.08 R[\s\S]*−0\.19 to \+0\.03 R/,
    )
    expect(await page.locator('[data-fact="baselines#verdict"]').innerText()).toMatch(
      /^(Not|Better).* buy and hold .*95 % interval/,
    )
    const beside = region(/^Beside buying/).locator('tbody tr')
    expect(await beside.count()).toBe(8)
    expect((await beside.allInnerTexts()).join('\n')).toMatch(/Our calls\s+206[\s\S]*Buy and hold\s+206[\s\S]* to /)
  })

  it('the record in groups tells n and interval of each, and "too few" where a group has no thirty', async () => {
    await visit({ ended: 'many', path: '/record' })
    const groups = region(/^In groups$/).locator('tbody tr')
    await groups.first().waitFor()
    expect(await groups.first().innerText()).toMatch(/Jun 2026\s+12\s+12\s+too few\s+too few\s+too few/)
    expect(await groups.nth(3).innerText()).toMatch(/Mar 2026\s+203\s+203\s+\d+ %\s+\d+[\s%]+to \d+ %/)
    await page.getByRole('button', { name: 'Token', exact: true }).click()
    await page.getByRole('button', { name: 'Show all 15' }).click()
    expect(await groups.count()).toBe(15)
  })

  it('a call that ended shows what happened in the picture and in figures, with the candle that decided it', async () => {
    await visit({ ended: 'few', path: pageOf(1) })
    const events = page.getByRole('region', { name: 'What happened', exact: true }).locator('tbody th')
    await events.nth(2).waitFor()
    expect(await events.allInnerTexts()).toEqual(['1 Entry filled', '2 Target 1', '3 Stop'])
    expect(
      await page.locator('main svg[role=img]', { hasText: 'Target 1' }).first().getAttribute('aria-label'),
    ).toMatch(/then Entry filled .* Stop /)
    await expectSeen(page, 'Decided by this candle')
    const outcome = page.getByRole('region', { name: 'What happened since' })
    expect(await outcome.innerText()).toContain('Stopped after a target +0.14 R')
    expect(await outcome.innerText()).toMatch(/Result, net\s+\+0\.14 R/)
  })

  it('every other ending says what it is: ambiguous, not filled, held, left, halted', async () => {
    await visit({ ended: 'few' })
    const base = new URL(page.url()).origin
    for (const [index, text] of [
      [4, 'nothing finer told which came first: the worse one was counted'],
      [7, 'neither won nor lost'],
      [2, 'No trade of the horizon was outside the band'],
      [5, 'A trade outside the band ended it'],
      [10, 'not known, and not guessed'],
      [12, 'there is nothing to follow'],
      [8, 'The horizon ended on'],
    ] as const) {
      await page.goto(base + pageOf(index))
      await expectSeen(page, text)
    }
  })

  it('an open call says what is awaited and until when', async () => {
    await visit({ path: pageOf(1) })
    await expectSeen(page, 'Awaited: a trade inside the entry zone until')
    await expectSeen(page, 'binance: Candles known without a hole until')
  })

  it('the home list tells which calls have ended and how', async () => {
    await visit({ ended: 'few' })
    const row = (symbol: string) => page.getByRole('row', { name: new RegExp(symbol) })
    await row('XRP').getByText('Stopped −1.08 R').waitFor()
    expect(await row('LINK').innerText()).not.toContain('Stopped')
  })

  it('the head of every page says whether following is live, catching up or stale, and on what', async () => {
    await visit({})
    const following = page.locator('header a:has([role=status])')
    expect(await following.getAttribute('title')).toContain('11 open calls followed live')
    await visit({ tracker: 'catching_up', path: '/record' })
    expect(await following.getAttribute('title')).toContain('Following is catching up, 2 h behind')
    await expectSeen(page, 'an ending may be told late. None is guessed.')
    await visit({ tracker: 'stale' })
    expect(await page.getByRole('alert').innerText()).toMatch(
      /Following is stale, 2 h behind[\s\S]*litecoin:native on kraken: no answer within 5 s; known until 2 h ago/,
    )
  })

  it('the pages are reached by keyboard, and the one that is open is marked', async () => {
    await visit({})
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Track record', level: 1 }).waitFor()
    expect(await page.locator('header [aria-current=page]').innerText()).toBe('Track record')
  })

  const tokenPage = '/tokens/ethereum%3A0x00000000000000000000000000000000000d06e5'
  const drawn = 'main table tbody tr, [role=rowheader], th[scope=rowgroup], .stories li'

  it('every text is of AA contrast, by day and by night', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await visit({ ended: 'many', tracker: 'stale' })
      const base = new URL(page.url()).origin
      for (const path of ['/', '/record', '/sources', tokenPage, pageOf(1), pageOf(4), pageOf(11)]) {
        await page.goto(base + path)
        await page.locator(drawn).first().waitFor()
        const { read, poor } = await contrastOf(page)
        expect(read).toBeGreaterThan(50)
        expect([colorScheme, path, poor]).toEqual([colorScheme, path, []])
      }
    }
  })

  it('nothing scrolls sideways from 390 to 1440 pixels', async () => {
    await visit({ ended: 'many' })
    const base = new URL(page.url()).origin
    for (const width of [390, 640, 768, 1024, 1180, 1280, 1440]) {
      await page.setViewportSize({ width, height: 844 })
      for (const path of ['/', '/record', '/sources', tokenPage, pageOf(3), pageOf(11)]) {
        await page.goto(base + path)
        await page.locator(drawn).first().waitFor()
        expect([path, width, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width, width])
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  })
})
