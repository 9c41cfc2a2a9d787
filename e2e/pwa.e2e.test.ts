import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { story } from './story.ts'

type Manifest = {
  readonly name: string
  readonly start_url: string
  readonly display: string
  readonly icons: readonly { src: string; sizes: string; type: string; purpose: string }[]
}

/** Width and height of a PNG, from its first chunk. */
const sizeOf = (png: Buffer): string => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`

/** Until the worker has kept all and answers for this page. */
const untilKept = (page: Page): Promise<unknown> =>
  page.evaluate(`new Promise((done) => {
    const { serviceWorker } = navigator
    if (serviceWorker.controller) done(true)
    else serviceWorker.addEventListener('controllerchange', () => done(true))
  })`)

/** No network: what a page says of it on the console is expected. */
const cut = /ERR_INTERNET_DISCONNECTED|Failed to load resource|WebSocket/

story(
  'the pages can be installed: the manifest names icons that are there, and a worker keeps the pages',
  async ({ page, url }) => {
    await page.goto(url)
    const link = await page.locator('link[rel=manifest]').getAttribute('href')
    const answer = await page.request.get(url + link!)
    expect(answer.headers()['content-type']).toContain('application/manifest+json')
    expect(answer.headers()['cache-control']).toBe('no-cache')
    const { icons, ...manifest } = (await answer.json()) as Manifest
    expect(manifest).toMatchObject({ name: 'PumpIQ', start_url: '/', display: 'standalone' })
    const pictures = icons.filter(({ type }) => type === 'image/png')
    for (const { src, sizes } of pictures) expect(sizeOf(await (await page.request.get(url + src)).body())).toBe(sizes)
    for (const purpose of ['any', 'maskable'])
      for (const sizes of ['192x192', '512x512'])
        expect(pictures.some((icon) => icon.purpose === purpose && icon.sizes === sizes)).toBe(true)
    const worker = await page.request.get(`${url}/sw.js`)
    expect(worker.headers()['cache-control']).toBe('no-cache')
    expect(worker.headers()['content-type']).toContain('javascript')
    await untilKept(page)
    const session = await page.context().newCDPSession(page)
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    // A test's browser is of no install of its own: nothing else may be wrong.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  },
)

story(
  'without a network the pages are there, say so, lose nothing that is typed, and come back',
  async ({ page, url, accessible, expectComplaint }) => {
    expectComplaint(cut)
    await page.goto(`${url}/portfolio`)
    await page.getByRole('heading', { name: 'Holdings' }).waitFor()
    await untilKept(page)
    await page.getByRole('button', { name: 'Watch a token' }).click()
    await page.getByRole('dialog').getByLabel('Note to yourself').fill('typed before the tunnel')
    await page.getByRole('dialog').getByLabel('Token: ticker, address or chain:address').fill('bitcoin:native')
    await page.context().setOffline(true)
    await page.getByText('This device is offline.').waitFor({ timeout: 40_000 })
    await page.getByRole('dialog').getByRole('button', { name: 'Watch', exact: true }).click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    expect(await page.getByRole('dialog').getByLabel('Note to yourself').inputValue()).toBe('typed before the tunnel')
    await page.context().setOffline(false)
    await page.getByRole('dialog').getByRole('button', { name: 'Watch', exact: true }).click()
    await page.getByText('typed before the tunnel').first().waitFor()
    await page.context().setOffline(true)
    // Loaded anew, and a page that was never opened: both come from what is kept.
    await page.goto(`${url}/alerts`)
    await page.getByRole('heading', { name: 'Alerts', level: 1 }).waitFor()
    await page.getByText('This could not be read.').first().waitFor()
    await accessible()
    await page.getByRole('link', { name: 'Portfolio' }).first().click()
    await page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    expect(await page.getByText('bitcoin:native').count()).toBe(0)
    await page.context().setOffline(false)
    await page.getByText('This device is offline.').waitFor({ state: 'detached', timeout: 40_000 })
    await page.request.delete(`${url}/api/v1/user/watchlist/bitcoin%3Anative`)
  },
  { looks: ['desk', 'phone'], timeoutMs: 180_000 },
)

story('no answer of the API is kept', async ({ page, url }) => {
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await untilKept(page)
  const kept = (await page.evaluate(`(async () => {
    const paths = []
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname)
    return paths
  })()`)) as string[]
  expect(kept).toContain('/')
  expect(kept.filter((path) => path.startsWith('/api'))).toEqual([])
})
