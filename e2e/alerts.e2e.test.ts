import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, expectSeen, openBrowser } from './browser.ts'
import { contrastOf } from './contrast.ts'
import { buildPages, startDemo, type Product } from './product.ts'

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

  const channel = () => page.locator('.channel')

  it('adds a webhook, tests it, and sees that it was delivered, signed and labelled', async () => {
    await page.goto(product.url)
    await page.getByRole('link', { name: 'Alerts' }).click()
    await expectSeen(page, 'nothing leaves this machine until you add one')
    await page.getByLabel('Name', { exact: true }).fill('My receiver')
    await page.getByLabel('URL', { exact: true }).fill('https://receiver.example/hook?key=not-to-be-shown')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await channel().waitFor()
    expect(await channel().innerText()).toMatch(/My receiver[\s\S]*receiver\.example/)
    expect(await channel().innerText()).not.toContain('not-to-be-shown')
    await channel().getByRole('button', { name: 'Test' }).click()
    await channel().locator('.channel-said', { hasText: 'Delivered' }).waitFor({ timeout: 30_000 })
    const test = receiver.got.find(({ body }) => body.includes('Test notice'))
    expect(test).toMatchObject({ path: '/receiver.example/hook?key=not-to-be-shown' })
    expect(test!.headers['webhook-signature']).toMatch(/^v1,/)
    expect(JSON.parse(test!.body)).toMatchObject({ data: { notices: [{ simulated: true }] } })
  })

  it('finds it in the list of the app and in the log', async () => {
    await page.locator('.notices li', { hasText: 'Test notice' }).waitFor({ timeout: 30_000 })
    const row = page.locator('.deliveries tbody tr', { hasText: 'Test notice' })
    await row.waitFor()
    expect(await row.innerText()).toMatch(/My receiver[\s\S]*Delivered/)
    expect((await contrastOf(page)).poor).toEqual([])
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await page.getByRole('heading', { name: 'In the app', exact: true }).waitFor()
  })

  it('saves when and of what, and finds it so again', async () => {
    await page.getByLabel('Quiet hours', { exact: true }).check()
    await page.getByLabel('From', { exact: true }).fill('23:15')
    await page.getByLabel('Messages').selectOption({ label: 'gathered once a day' })
    await page.getByLabel('Horizon over', { exact: true }).uncheck()
    await page.getByRole('button', { name: 'Save' }).click()
    await expectSeen(page, 'Saved')
    await page.reload()
    await page.getByLabel('From', { exact: true }).waitFor()
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe('23:15')
    expect(await page.getByLabel('Horizon over', { exact: true }).isChecked()).toBe(false)
  })

  it('is told by name what is wrong with a target, and why a kind cannot be used here', async () => {
    await page.getByLabel('URL', { exact: true }).fill('http://127.0.0.1/hook')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.locator('.refused', { hasText: 'target.url' }).waitFor()
    await page.getByLabel('Kind').selectOption({ label: 'E-mail' })
    await expectSeen(page, 'SMTP_URL is not set')
  })

  it('fits a telephone without a bar to scroll sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await page.locator('.deliveries tbody tr').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })

  it('sees that a receiver which is gone was switched off, and can be rid of it', async () => {
    receiver.answer.status = 410
    await channel().getByRole('button', { name: 'Test' }).click()
    await channel().locator('.channel-said', { hasText: 'Not delivered' }).waitFor({ timeout: 30_000 })
    await channel().getByText('Switched off').waitFor()
    await channel().getByRole('button', { name: 'Remove' }).click()
    await channel().getByRole('button', { name: 'Really remove?' }).click()
    await expectSeen(page, 'nothing leaves this machine until you add one')
  })
})

describe.skipIf(!chromiumPath)('a person at another machine (skipped where there is no Chromium)', () => {
  beforeAll(buildPages, 60_000)

  it('is told why alerts are not for him', async () => {
    const product = await startDemo({ TRUST_PROXY: '1' })
    const browser = await openBrowser({ width: 1280, height: 800 })
    try {
      const page = await browser.newPage()
      await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.9' })
      await page.goto(`${product.url}/alerts`)
      await page.getByRole('heading', { name: 'Alerts are set on the machine itself' }).waitFor()
      expect(await page.locator('.channel, form').count()).toBe(0)
      await expectSeen(page, 'sign in')
    } finally {
      await browser.close()
      await product.close()
    }
  }, 120_000)
})
