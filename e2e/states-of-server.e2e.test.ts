import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page, Route } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import { startDemo } from './product.ts'
import { story } from './story.ts'

/** A page of lists, the public record, and one with a form. */
const pages = [
  { path: '/', title: 'Market' },
  { path: '/record', title: 'Track record' },
  { path: '/settings/thresholds', title: 'Thresholds' },
]
const titleOf = (page: Page, title: string) => page.getByRole('heading', { level: 1, name: title })
const field = (page: Page) => page.getByLabel('Most recommendations at once')
/** What is there once its data are. */
const data: Readonly<Record<string, (page: Page) => Locator>> = {
  Market: (page) => main(page).getByText(/\d+ of \d+ tracked tokens have a call/),
  'Track record': (page) => main(page).locator('[data-fact]').first(),
  Thresholds: (page) => field(page),
}
const main = (page: Page) => page.getByRole('main')

/** What a page asks for itself; what stands around every page goes on. */
const ownData = (url: URL) =>
  url.pathname.startsWith('/api/v1/') && !/\/(?:health|auth\/session|stream)$/.test(url.pathname)

const refuse = (status: number, code: string, detail: string) => (route: Route) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    ...(status === 429 && { headers: { 'retry-after': '2' } }),
    body: JSON.stringify({
      type: `urn:pumpiq:problem:${code}`,
      title: code,
      status,
      detail,
      instance: '/',
      code,
      requestId: 'r-1',
      ...(status === 429 && { retryAfterMs: 2_000 }),
    }),
  })

story('a device that loses its network says so at once, keeps what is shown and typed, and goes on', async (stage) => {
  const { page, url, expectComplaint, accessible } = stage
  expectComplaint(/ERR_INTERNET_DISCONNECTED|WebSocket/)
  for (const { path, title } of pages) {
    await page.goto(url + path)
    await titleOf(page, title).waitFor()
    if (title === 'Thresholds') await field(page).fill('7')
    await data[title]!(page).waitFor({ timeout: 30_000 })
    await expect.poll(() => main(page).getByText('Loading').count(), { timeout: 30_000 }).toBe(0)
    const before = await main(page).locator('h2').allInnerTexts()
    await page.context().setOffline(true)
    await page.getByText('This device is offline.').waitFor({ timeout: 5_000 })
    await accessible()
    expect(await main(page).locator('h2').allInnerTexts()).toEqual(before)
    if (title === 'Thresholds') {
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await main(page).getByRole('alert').first().waitFor()
      expect(await field(page).inputValue()).toBe('7')
    }
    await page.context().setOffline(false)
    await page.getByText('This device is offline.').waitFor({ state: 'detached', timeout: 10_000 })
  }
  expect(await field(page).inputValue()).toBe('7')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved.').waitFor()
})

story('who asked too often is told, and it is asked again by itself', async ({ page, url, expectComplaint }) => {
  expectComplaint(/429/)
  for (const { path, title } of pages) {
    await page.route(ownData, refuse(429, 'tooMany', 'the tier allows 60 requests a minute'))
    await page.goto(url + path)
    await titleOf(page, title).waitFor()
    const told = main(page).getByText('the tier allows 60 requests a minute').first()
    await told.waitFor()
    await page.unroute(ownData)
    // Nobody presses anything.
    await expect.poll(() => told.count(), { timeout: 30_000 }).toBe(0)
  }
})

story('a server that fails says what, and is asked again', async ({ page, url, expectComplaint, accessible }) => {
  expectComplaint(/500/)
  for (const { path, title } of pages) {
    await page.route(ownData, refuse(500, 'broken', 'the disk is full'))
    await page.goto(url + path)
    await titleOf(page, title).waitFor()
    const told = main(page).getByText('the disk is full').first()
    await told.waitFor()
    await accessible()
    await page.unroute(ownData)
    await expect.poll(() => told.count(), { timeout: 30_000 }).toBe(0)
  }
  await field(page).fill('8')
  await page.route(ownData, refuse(500, 'broken', 'the disk is full'))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await main(page)
    .getByRole('alert')
    .filter({ hasText: /the disk is full/i })
    .first()
    .waitFor()
  expect(await field(page).inputValue()).toBe('8')
})

story(
  'an answer that takes ten seconds is waited for, and it is seen that it is',
  async ({ page, url }) => {
    for (const { path, title } of pages) {
      const slow = async (route: Route) => {
        await new Promise((settle) => setTimeout(settle, 10_000))
        await route.continue().catch(() => {})
      }
      await page.route(ownData, slow)
      const begun = Date.now()
      await page.goto(url + path, { waitUntil: 'commit' })
      await titleOf(page, title).waitFor()
      // Empty is not what it is while nobody has answered.
      expect(await main(page).getByRole('status').count()).toBeGreaterThan(0)
      expect(await page.getByRole('main').getByRole('alert').count()).toBe(0)
      await data[title]!(page).waitFor({ timeout: 45_000 })
      expect(Date.now() - begun).toBeGreaterThan(9_000)
      await page.unroute(ownData)
    }
  },
  { timeoutMs: 180_000 },
)

type Sealed = { readonly event: string; readonly seq?: number; readonly recommendation?: { readonly id: string } }
type Listed = { readonly items: readonly { readonly id: string; readonly seal: { readonly seq: number } }[] }

/** What came over the lines of a page, and where each line began. */
function listenTo(page: Page) {
  const lines: URL[] = []
  const events: Sealed[] = []
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/stream')) return
    lines.push(new URL(socket.url()))
    socket.on('framereceived', ({ payload }) => {
      const said = JSON.parse(payload.toString()) as Sealed[]
      events.push(...said.filter(({ seq, event }) => seq !== undefined && event !== 'head'))
    })
  })
  return { lines, events }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address() as AddressInfo
  await new Promise((settle) => server.close(settle))
  return port
}

let port = 0
beforeAll(async () => void (port = await freePort()))

story(
  'a server that is started anew loses nothing: what was sealed meanwhile comes over the line, and stands in the list',
  async ({ page, expectComplaint }) => {
    expectComplaint(
      /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_SOCKET_NOT_CONNECTED|WebSocket|503/,
    )
    const place = { home: await mkdtemp(join(tmpdir(), 'pumpiq-anew-')), port }
    let product = await startDemo({}, place)
    try {
      const { lines, events } = listenTo(page)
      await page.goto(product.url)
      await titleOf(page, 'Market').waitFor()
      const standing = main(page).getByText(/\d+ of \d+ tracked tokens have a call/)
      await expect.poll(() => events.length, { timeout: 90_000 }).toBeGreaterThan(2)
      await standing.waitFor()
      const begun = Number(lines[0]?.searchParams.get('since'))
      expect(begun, 'the first line begins where the page did').toBeGreaterThanOrEqual(0)

      await product.close()
      await page.getByText('The server does not answer.').waitFor({ timeout: 30_000 })
      expect(await standing.count()).toBe(1)
      const told = Math.max(...events.map(({ seq }) => seq ?? 0))
      product = await startDemo({}, place)
      await page.getByText('The server does not answer.').waitFor({ state: 'detached', timeout: 30_000 })
      await main(page).getByText('30 of 30 tracked tokens have a call').waitFor({ timeout: 120_000 })

      const again = lines.findLast((line) => line.searchParams.has('since'))
      expect(Number(again?.searchParams.get('since'))).toBeGreaterThanOrEqual(told)
      const asked = await fetch(`${product.url}/api/v1/recommendations?whose=house&limit=100`)
      const { items } = (await asked.json()) as Listed
      expect(items.filter(({ seal }) => seal.seq > told).length, 'sealed after the end of the first').toBeGreaterThan(0)
      const heard = () => new Set(events.map(({ recommendation }) => recommendation?.id))
      await expect
        .poll(() => items.filter(({ id, seal }) => seal.seq > begun && !heard().has(id)).length, { timeout: 40_000 })
        .toBe(0)
    } finally {
      await product.close()
      await rm(place.home, { recursive: true, force: true })
    }
  },
  { at: () => `http://127.0.0.1:${port}`, timeoutMs: 360_000 },
)
