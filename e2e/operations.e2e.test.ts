import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { story } from './story.ts'

const sections = ['Overview', 'Sources', 'Jobs', 'Model', 'Users', 'Tiers', 'Settings', 'Audit log']

type Changed = Readonly<Record<string, unknown>>
const tabs = (page: Page) => page.getByRole('navigation', { name: 'Sections of operations' })
const dialog = (page: Page) => page.getByRole('dialog').filter({ visible: true }).last()

async function openSection(page: Page, url: string, id: string): Promise<void> {
  await page.goto(`${url}/operations/${id}`)
  await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
}

story(
  'every section of operations has its address, is read by everybody and fits the screen',
  async ({ page, url, accessible }) => {
    await page.goto(`${url}/operations`)
    for (const name of sections) {
      await tabs(page).getByRole('link', { name, exact: true }).click()
      await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
      await expect.poll(() => page.getByRole('main').getByText('Loading').count()).toBe(0)
      expect(await tabs(page).locator('[aria-current=page]').innerText()).toBe(name)
      await accessible()
      const [inner, outer] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as number[]
      expect([name, inner]).toEqual([name, outer])
    }
    expect(new URL(page.url()).pathname).toBe('/operations/audit')
    await page.reload()
    await page.getByRole('heading', { name: 'Audit log' }).waitFor()
  },
  { looks: ['desk', 'night', 'phone', 'phoneNight'] },
)

story(
  'the sources are told to everybody, and can be narrowed to those that stand so',
  async ({ page, url, accessible }) => {
    await page.goto(`${url}/sources`)
    const table = page.getByRole('table', { name: 'Every outside source' })
    await table.getByRole('link', { name: 'binance, its manual' }).waitFor()
    const all = await table.locator('tbody tr').count()
    await page.getByRole('button', { name: /^Not asked yet/ }).click()
    expect(await table.locator('tbody tr').count()).toBeLessThan(all)
    await accessible()
  },
)

story('a source tells its key by name alone, and how it is switched off', async ({ page, url, accessible }) => {
  await openSection(page, url, 'sources')
  const row = page.getByRole('table', { name: 'Sources' }).locator('tr', { hasText: 'coingecko' })
  expect(await row.innerText()).toContain('COINGECKO_API_KEY is not set')
  await row.getByRole('button', { name: 'Details of coingecko' }).click()
  await dialog(page).getByText('PUMPIQ_SOURCES=-coingecko').waitFor()
  await accessible()
})

story('a job is run now, and its runs are counted', async ({ page, url }) => {
  await openSection(page, url, 'jobs')
  const runs = page.getByRole('table', { name: 'Jobs' }).locator('tr', { hasText: 'note-authors' }).locator('td').nth(1)
  const before = Number.parseInt(await runs.innerText(), 10)
  await page.getByRole('button', { name: 'Run now: note-authors' }).click()
  await page.getByText('note-authors is placed into its queue.').waitFor()
  await expect
    .poll(async () => Number.parseInt(await runs.innerText(), 10), { timeout: 60_000 })
    .toBeGreaterThan(before)
})

story(
  'a program is given a key that is shown once and works until it is revoked by its name',
  async ({ page, url, accessible }) => {
    await openSection(page, url, 'users')
    await page.getByRole('button', { name: 'New program' }).click()
    await dialog(page).getByLabel('Name', { exact: true }).fill('Desk robot')
    await dialog(page).getByRole('button', { name: 'New program' }).click()
    await dialog(page).getByRole('button', { name: 'New key' }).click()
    await dialog(page).getByLabel('Name of the key').fill('night shift')
    await accessible()
    await dialog(page).getByRole('button', { name: 'Make the key' }).click()
    await dialog(page).getByText('This key is shown once.').waitFor()
    const key = await dialog(page).locator('code.select-all').innerText()
    const asked = () => fetch(`${url}/api/v1/user/settings`, { headers: { authorization: `Bearer ${key}` } })
    const asWho = async () => (await asked()).status
    expect(await asWho()).toBe(200)
    await accessible()

    await dialog(page).getByRole('button', { name: 'Revoke night shift' }).click()
    const sure = dialog(page).getByRole('button', { name: 'Revoke', exact: true })
    expect(await sure.isDisabled()).toBe(true)
    await dialog(page).getByLabel('Type night shift to go on').fill('night shift')
    await sure.click()
    await page.getByText('night shift is revoked.').waitFor()
    expect(await asWho()).toBe(401)

    await dialog(page).getByRole('link', { name: 'What was done to this account' }).click()
    const log = page.getByRole('table', { name: 'Audit log' })
    await log.getByText('accounts.removeServiceKey').waitFor()
    expect(await log.locator('tbody tr').first().innerText()).toMatch(
      /local[\s\S]*accounts\.removeServiceKey[\s\S]*done 200[\s\S]*127\.0\.0\.1/,
    )
    expect(await log.innerText()).not.toContain('accounts.login')
  },
)

story(
  'a setting is changed for all over what was seen, not over what another changed meanwhile, and taken back',
  async ({ page, url, expectComplaint }) => {
    expectComplaint(/409/)
    await openSection(page, url, 'settings')
    const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Least confidence' }) })
    const open = () => row.getByRole('button', { name: 'Change Least confidence' }).click()
    await open()
    const field = dialog(page).getByLabel('Least confidence (percent)')
    await field.fill('140')
    await dialog(page).getByText('Allowed: 0 to 100 percent.', { exact: true }).waitFor()
    expect(await dialog(page).getByRole('button', { name: 'Save for everybody' }).isDisabled()).toBe(true)
    await field.fill('72')
    const elsewhere = await page.request.patch(`${url}/api/v1/admin/settings`, { data: { maxRecommendations: 9 } })
    expect(elsewhere.status()).toBe(200)
    await dialog(page).getByRole('button', { name: 'Save for everybody' }).click()
    await dialog(page).getByText('They were changed elsewhere meanwhile').waitFor()
    expect(await field.inputValue()).toBe('72')
    await page.reload()
    await open()
    await field.fill('72')
    await dialog(page).getByRole('button', { name: 'Save for everybody' }).click()
    await row.getByText('72 %').waitFor()
    expect(await row.innerText()).toMatch(/Chosen here\s+by local/i)
    await open()
    await dialog(page).getByRole('button', { name: 'Back to what is built in' }).click()
    await row.getByText('Built in', { exact: true }).waitFor()
    expect(await row.innerText()).toContain('65 %')
    await page.request.patch(`${url}/api/v1/admin/settings`, { data: { maxRecommendations: null } })
  },
)

const person = {
  id: '0192f000-0000-7000-8000-00000000aaaa',
  name: 'Ada <b>Lovelace</b>',
  email: 'ada@example.com',
  emailVerified: true,
  role: 'user',
  tier: 'free',
  twoFactor: false,
  createdAt: '2026-06-01T00:00:00.000Z',
  banned: false,
  lastSeenAt: null,
  apiKeys: 0,
}

story(
  'a person is made an analyst, asked about before his sessions end, and banned',
  async ({ page, url, accessible }) => {
    let now: Changed = person
    const changes: Changed[] = []
    await page.route(/\/api\/v1\/admin\/users(?:\/|\?)/, async (route) => {
      if (route.request().method() === 'GET') return route.fulfill({ json: { items: [now], next: null } })
      const change = route.request().postDataJSON() as Changed
      changes.push(change)
      now = { ...now, ...change }
      return route.fulfill({ json: now })
    })
    await openSection(page, url, 'users')
    await page.getByRole('button', { name: `Manage ${person.name}` }).click()
    await dialog(page).getByLabel('Role').selectOption('analyst')
    await accessible()
    await dialog(page).getByRole('button', { name: 'Save' }).click()
    await page.getByText(`${person.name} is changed.`).waitFor()
    await dialog(page).getByRole('button', { name: 'End all sessions' }).click()
    expect(changes).toEqual([{ role: 'analyst' }])
    await dialog(page).getByRole('button', { name: 'End all sessions' }).click()
    await page.getByText('All sessions are ended.').waitFor()
    await dialog(page).getByRole('button', { name: 'Ban', exact: true }).click()
    await dialog(page).getByRole('button', { name: 'Ban', exact: true }).click()
    await dialog(page).getByText('This account is banned.').waitFor()
    expect(changes).toEqual([{ role: 'analyst' }, { banned: true }, { banned: false }, { banned: true }])
  },
)

story(
  'who may not is told what it takes, and nothing is asked that would be refused',
  async ({ page, url, accessible }) => {
    const asked: string[] = []
    page.on('request', (request) => void (request.url().includes('/admin/') && asked.push(request.url())))
    let role: string | null = 'user'
    await page.route('**/api/v1/auth/session', async (route) => {
      const session = (await (await route.fetch()).json()) as { user: Changed }
      await route.fulfill({ json: { ...session, user: role === null ? null : { ...session.user, role } } })
    })
    await page.goto(`${url}/operations/jobs`)
    await page.getByText('It needs the role analyst or admin; yours is user.').waitFor()
    await accessible()
    role = 'analyst'
    await page.goto(`${url}/operations/audit`)
    await page.getByText('It needs the role admin; yours is analyst.').waitFor()
    role = null
    await page.goto(`${url}/operations`)
    const link = page.getByRole('main').getByRole('link', { name: 'Sign in' })
    expect(await link.getAttribute('href')).toBe('/sign-in?to=%2Foperations')
    expect(asked).toEqual([])
  },
)

story(
  'what cannot be read says so, and what was typed stays when it cannot be done',
  async ({ page, url, expectComplaint }) => {
    expectComplaint(/500/)
    const broken = {
      type: 'urn:pumpiq:problem:broken',
      title: 'Broken',
      status: 500,
      detail: 'the disk is full',
      instance: '/',
      code: 'broken',
      requestId: 'r-1',
    }
    const fail = { status: 500, contentType: 'application/problem+json', body: JSON.stringify(broken) }
    await page.route('**/api/v1/admin/jobs', (route) => route.fulfill(fail))
    await page.goto(`${url}/operations/jobs`)
    const note = page.getByRole('alert').filter({ hasText: 'the disk is full' }).first()
    await note.waitFor()
    await page.unroute('**/api/v1/admin/jobs')
    await note.getByRole('button', { name: 'Ask again' }).click()
    await page.getByRole('table', { name: 'Jobs' }).waitFor()

    await openSection(page, url, 'users')
    await page.route('**/api/v1/admin/users', (route) =>
      route.request().method() === 'POST' ? route.fulfill(fail) : route.continue(),
    )
    await page.getByRole('button', { name: 'New program' }).click()
    const name = dialog(page).getByLabel('Name', { exact: true })
    await name.fill('Patient robot')
    await dialog(page).getByRole('button', { name: 'New program' }).click()
    await dialog(page).getByText('The disk is full.').waitFor()
    expect(await name.inputValue()).toBe('Patient robot')
  },
)
