import { createECDH } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, expectSeen, openBrowser } from './browser.ts'
import { contrastOf } from './contrast.ts'
import { buildPages, startDemo, type Product } from './product.ts'
import { story, type Stage } from './story.ts'

type Got = { path: string; headers: IncomingHttpHeaders; body: string }

/** A receiver of webhooks in place of the outside world. */
async function startReceiver(): Promise<{ url: string; got: Got[]; answer: { status: number }; server: Server }> {
  const got: Got[] = []
  const answer = { status: 204 }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (bytes: Buffer) => (body += bytes.toString()))
    request.on('end', () => {
      got.push({ path: request.url ?? '', headers: request.headers, body })
      response.writeHead(answer.status).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got, answer, server }
}

describe.skipIf(!chromiumPath)('a person who wants to be told (skipped where there is no Chromium)', () => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  let product: Product
  let browser: BrowserContext
  let page: Page

  beforeAll(async () => {
    await buildPages()
    receiver = await startReceiver()
    product = await startDemo({ PUMPIQ_UPSTREAM: receiver.url })
    browser = await openBrowser({ width: 1280, height: 900 })
    page = await browser.newPage()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await product?.close()
    receiver?.server.close()
  }, 60_000)

  const channel = () => page.locator('li[data-channel="My receiver"]')
  const dialog = () => page.getByRole('dialog')

  it('adds a webhook, tests it, and sees that it was delivered, signed and labelled', async () => {
    await page.goto(product.url)
    await page
      .getByRole('link', { name: /^Alerts/ })
      .first()
      .click()
    await expectSeen(page, 'nothing leaves this machine until you add one')
    await page.getByRole('button', { name: 'Add a channel' }).click()
    await dialog().getByLabel('Name', { exact: true }).fill('My receiver')
    await dialog().getByLabel('URL', { exact: true }).fill('https://receiver.example/hook?key=not-to-be-shown')
    await dialog().getByRole('button', { name: 'Add', exact: true }).click()
    await channel().waitFor()
    expect(await channel().innerText()).toMatch(/My receiver[\s\S]*receiver\.example/)
    expect(await channel().innerText()).not.toContain('not-to-be-shown')
    await channel().getByRole('button', { name: 'Test My receiver' }).click()
    await channel().getByText('Delivered', { exact: true }).waitFor({ timeout: 30_000 })
    const test = receiver.got.find(({ body }) => body.includes('Test notice'))
    expect(test).toMatchObject({ path: '/receiver.example/hook?key=not-to-be-shown' })
    expect(test!.headers['webhook-signature']).toMatch(/^v1,/)
    expect(JSON.parse(test!.body)).toMatchObject({ data: { notices: [{ simulated: true }] } })
  })

  it('finds it in the list of the app and in the log, and the head of the page counts what is unread', async () => {
    const notice = page.locator('li[data-unread]', { hasText: 'Test notice' })
    await notice.waitFor({ timeout: 30_000 })
    await page
      .getByRole('link', { name: /^Alerts, \d+ unread$/ })
      .first()
      .waitFor()
    const row = page.getByRole('table', { name: 'Delivery log' }).getByRole('row', { name: /Test notice/ })
    await row.waitFor()
    expect(await row.innerText()).toMatch(/My receiver[\s\S]*Delivered/)
    expect((await contrastOf(page)).poor).toEqual([])
    await notice.getByRole('button', { name: /^Mark as read/ }).click()
    await notice.waitFor({ state: 'detached' })
    const all = page.getByRole('button', { name: 'Mark all as read' })
    if (await all.isEnabled()) await all.click()
    await page.locator('li[data-unread]').first().waitFor({ state: 'detached' })
  })

  it('saves when and of what, and finds it so again', async () => {
    await page.getByLabel('Quiet hours', { exact: true }).check()
    await page.getByLabel('From', { exact: true }).fill('23:15')
    await page.getByLabel('Messages').selectOption({ label: 'gathered once a day' })
    await page.getByLabel('Horizon over', { exact: true }).uncheck()
    await page.getByLabel('House calls').selectOption({ label: 'of the tokens named' })
    await page.getByLabel('Token to name').fill('bitcoin:native')
    await page.getByRole('button', { name: 'Name it' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    await page.getByLabel('From', { exact: true }).waitFor()
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('23:15')
    expect(await page.getByLabel('Horizon over', { exact: true }).isChecked()).toBe(false)
    await page.getByRole('list', { name: 'Tokens named' }).getByText('bitcoin:native').waitFor()
  })

  it('is told by name what is wrong with preferences and with a target, keeps what was typed, and sees why a kind cannot be used', async () => {
    await page.getByLabel('Time zone').fill('Mars/Olympus')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: 'timeZone' }).waitFor()
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Mars/Olympus')
    await page.getByRole('button', { name: 'Add a channel' }).click()
    await dialog().getByLabel('URL', { exact: true }).fill('http://127.0.0.1/hook')
    await dialog().getByRole('button', { name: 'Add', exact: true }).click()
    await dialog().getByRole('alert').filter({ hasText: 'target.url' }).waitFor()
    expect(await dialog().getByLabel('URL', { exact: true }).inputValue()).toBe('http://127.0.0.1/hook')
    await dialog().getByLabel('Kind').selectOption({ label: 'E-mail' })
    await expectSeen(page, 'SMTP_URL is not set')
    await dialog().getByRole('button', { name: 'Close' }).click()
  })

  it('fits a telephone without a bar to scroll sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await page
      .getByRole('row', { name: /Test notice/ })
      .first()
      .waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })

  it('sees that a receiver which is gone was switched off, and can be rid of it', async () => {
    receiver.answer.status = 410
    await channel().getByRole('button', { name: 'Test My receiver' }).click()
    await channel().getByText('Not delivered', { exact: true }).waitFor({ timeout: 30_000 })
    await channel().getByText('Switched off:').waitFor()
    await channel().getByRole('button', { name: 'Remove My receiver' }).click()
    await dialog().getByRole('button', { name: 'Remove', exact: true }).click()
    await expectSeen(page, 'nothing leaves this machine until you add one')
  })
})

describe.skipIf(!chromiumPath)('a person at another machine (skipped where there is no Chromium)', () => {
  beforeAll(buildPages, 60_000)

  it('is told that alerts are for who has signed in', async () => {
    const product = await startDemo({ TRUST_PROXY: '1' })
    const browser = await openBrowser({ width: 1280, height: 800 })
    try {
      const page = await browser.newPage()
      await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.9' })
      await page.goto(`${product.url}/alerts`)
      await page.getByRole('heading', { name: 'Alerts', level: 1 }).waitFor()
      await expectSeen(page, 'You are not signed in')
      await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
      expect(await page.locator('li[data-channel], main form').count()).toBe(0)
      expect(await page.getByRole('button', { name: 'Add a channel' }).isDisabled()).toBe(true)
    } finally {
      await browser.close()
      await product.close()
    }
  }, 120_000)
})

const kindsOf = (publicKey: string | null) => ({
  items: [],
  kinds: [
    {
      id: 'web-push',
      docs: 'https://www.rfc-editor.org/rfc/rfc8030',
      fields: null,
      missing: null,
      publicKey,
    },
  ],
})

/** A point of the curve, as servers tell theirs. */
function newKey(): string {
  const curve = createECDH('prime256v1')
  return curve.generateKeys('base64url')
}

async function openPush({ page, url }: Stage, told: ReturnType<typeof kindsOf>): Promise<void> {
  await page.route('**/api/v1/user/notifications/channels', (route) => route.fulfill({ json: told }))
  await page.goto(`${url}/alerts`)
  await page.getByRole('button', { name: 'Add a channel' }).click()
}

story('a browser that was told to show no notifications says so, and where that is changed', async (stage) => {
  await stage.page.addInitScript("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
  await openPush(stage, kindsOf(newKey()))
  await stage.page.getByText('This browser was told not to show notifications').waitFor()
  await stage.accessible()
})

story('a browser that knows no Web Push says so', async (stage) => {
  await stage.page.addInitScript('delete window.PushManager')
  await openPush(stage, kindsOf(newKey()))
  await stage.page.getByText('This browser knows no Web Push').waitFor()
})

story('a server that does not tell its key for Web Push is named as the reason', async (stage) => {
  await openPush(stage, kindsOf(null))
  await stage.page.getByText('does not tell its key for Web Push').waitFor()
})

story(
  'a browser is added with the key of the server, and what it subscribed to is what the server is told',
  async (stage) => {
    const { page } = stage
    const key = newKey()
    // No push service answers in a test: the browser's own part stands in for it, and writes down what it was asked with.
    await page.addInitScript(`
    Notification.requestPermission = async () => 'granted'
    PushManager.prototype.getSubscription = async () => null
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => ({
      toJSON: () => ({
        endpoint: 'https://fcm.googleapis.com/fcm/send/device',
        expirationTime: null,
        keys: { auth: String(userVisibleOnly), p256dh: applicationServerKey },
      }),
    })`)
    let told: unknown = null
    await page.route('**/api/v1/user/notifications/channels', async (route) => {
      if (route.request().method() === 'GET') return route.fulfill({ json: kindsOf(key) })
      told = route.request().postDataJSON()
      return route.fulfill({
        status: 201,
        json: {
          id: '01a206e2-6aca-702e-b68c-6e55a1773bb0',
          kind: 'web-push',
          name: 'My laptop',
          target: 'a browser',
          enabled: true,
          problem: null,
          createdAt: '2026-01-01T00:00:00.000Z',
        },
      })
    })
    await page.goto(`${stage.url}/alerts`)
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    await page.getByRole('button', { name: 'Add a channel' }).click()
    await page.getByLabel('Name of this browser').fill('My laptop')
    await stage.accessible()
    await page.getByRole('button', { name: 'Notify this browser' }).click()
    await page.getByText('My laptop is added').waitFor()
    expect(told).toEqual({
      kind: 'web-push',
      name: 'My laptop',
      target: {
        endpoint: 'https://fcm.googleapis.com/fcm/send/device',
        expirationTime: null,
        keys: { auth: 'true', p256dh: key },
      },
    })
  },
)

story(
  'alerts are good to look at and to hear, also where they cannot be read',
  async ({ page, url, accessible, expectComplaint }) => {
    await page.goto(`${url}/alerts`)
    await page.getByRole('heading', { name: 'Delivery log' }).waitFor()
    await page.getByLabel('Time zone').waitFor()
    await accessible()
    expectComplaint(/status of 500/)
    await page.route('**/notices**', (route) =>
      route.fulfill({ status: 500, json: { code: 'broken', detail: 'something broke' } }),
    )
    await page.reload()
    await page.getByText('This could not be read.').waitFor()
    await accessible()
  },
  { looks: ['desk', 'night', 'phone', 'phoneNight'] },
)
