import type { FastifyInstance } from 'fastify'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSampleHandlers } from '../packages/server/src/http/sample-handlers.ts'
import { createSampleMarket } from '../packages/server/src/http/sample-market.ts'
import { createHttp } from '../packages/server/src/http/server.ts'
import { systemIds } from '../packages/server/src/platform/ids.ts'
import { silentLog } from '../packages/server/src/platform/log.ts'
import { chromiumPath, openBrowser } from './browser.ts'
import { alarm, otherHost, payloads, withTexts } from './hostile-texts.ts'
import { buildPages } from './product.ts'

const webRoot = new URL('../packages/web/dist', import.meta.url).pathname

const notDrawn = '\u0000\u202e\u2066'

/** As much of a payload as even a short field shows, without what is not drawn. */
const beginningOf = (payload: string): string =>
  [...payload]
    .map((character) => (notDrawn.includes(character) ? '\n' : character))
    .join('')
    .split('\n')
    .toSorted((a, b) => b.length - a.length)[0]!
    .slice(0, 10)

describe.skipIf(!chromiumPath)('texts that want to be more than texts (skipped where there is no Chromium)', () => {
  let browser: BrowserContext
  let page: Page
  let app: FastifyInstance
  let origin = ''
  let text = ''
  let paths: string[] = []
  const alarms: string[] = []
  const outside: string[] = []

  beforeAll(async () => {
    await buildPages()
    const now = Date.now()
    const market = createSampleMarket({ now, simulated: false })
    const plain = createSampleHandlers({ market, now, simulated: false, down: [] })
    app = await createHttp({
      handlers: withTexts(plain, () => text),
      log: silentLog,
      ids: systemIds,
      simulated: false,
      webRoot,
    })
    origin = await app.listen({ host: '127.0.0.1', port: 0 })
    const [call] = market.recommendations
    paths = ['/', `/recommendations/${call!.id}`, `/tokens/${call!.token}`, '/record', '/sources', '/alerts']
    browser = await openBrowser({ width: 1280, height: 800 })
    await browser.exposeFunction(alarm, () => void alarms.push(text))
    browser.on('request', (request) => {
      const url = new URL(request.url())
      const isOwn = url.origin === new URL(origin).origin || ['data:', 'blob:'].includes(url.protocol)
      if (!isOwn || url.href.includes(otherHost)) outside.push(`${text} asked for ${request.url()}`)
    })
    page = await browser.newPage()
    page.on('dialog', (dialog) => {
      alarms.push(`${text} opened a dialog`)
      void dialog.dismiss()
    })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  it('an alarm that is run is heard', async () => {
    await page.goto(origin)
    await page.evaluate(`${alarm}()`)
    expect(alarms.splice(0)).toHaveLength(1)
  })

  it.each(payloads)(
    'every text of every page says %s, and it is shown as text: nothing runs, nothing is asked for',
    async (payload) => {
      text = payload
      let shown = 0
      for (const path of paths) {
        await page.goto(origin + path)
        const seen = page.getByText(beginningOf(payload)).first()
        const isSeen = await seen.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        )
        if (isSeen) shown++
        const made = await page
          .locator('iframe, object, embed, base, math, marquee, video, audio, body script:not([src])')
          .count()
        expect([path, made]).toEqual([path, 0])
        expect(new URL(page.url()).origin).toBe(new URL(origin).origin)
      }
      expect(alarms).toEqual([])
      expect(outside).toEqual([])
      // A page that broke would run nothing either.
      expect(shown).toBeGreaterThanOrEqual(4)
    },
  )
})
