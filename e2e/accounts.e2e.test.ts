import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { chromiumPath } from './browser.ts'
import { oneTimeCode } from './one-time-code.ts'
import { startDemo, type Product } from './product.ts'
import { story } from './story.ts'

const owner = { email: 'owner@example.com', password: 'seven herons over the weir' }
const password = 'lanterns along the quay'

let product: Product
const at = (): string => product.url

const ask = (path: string, body: object): Promise<Response> =>
  fetch(`${product.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** An account of its own for a story: this installation sends no mail, so it signs in at once. */
async function account(name: string): Promise<string> {
  const email = `${name}@example.com`
  const answer = await ask('/auth/register', { email, password })
  expect(answer.status).toBe(200)
  return email
}

async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

describe.skipIf(!chromiumPath)('an installation for others (skipped where there is no Chromium)', () => {
  beforeAll(async () => {
    product = await startDemo({ PUMPIQ_LOCAL_MODE: 'off' })
  })
  afterAll(async () => {
    await product?.close()
  })

  story(
    'whoever runs the server becomes its administrator, signs out, and comes back to where he wanted to go',
    async ({ page, url, accessible, expectComplaint }) => {
      expectComplaint(/401/)
      await page.goto(`${url}/register`)
      await page.getByRole('link', { name: 'Set up the first administrator' }).click()
      await page.getByRole('heading', { name: 'Set up this installation' }).waitFor()
      await accessible()
      const token = /^ {4}(\S{20,})$/m.exec(product.said())?.[1] ?? ''
      await page.getByLabel('Setup token').fill(token)
      await page.getByLabel('E-mail address').fill(owner.email)
      await page.getByLabel('Password', { exact: true }).fill(owner.password)
      await page.getByRole('button', { name: 'Make the administrator' }).click()
      await page.getByText('it has an administrator').first().waitFor()
      await page.goto(`${url}/settings/profile`)
      await page.getByText('admin', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Account and display' }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByText('You are signed out.').waitFor()

      await page.goto(`${url}/settings/keys`)
      await page.getByRole('main').getByRole('link', { name: 'Sign in' }).first().click()
      await page.waitForURL(/\/sign-in\?to=/)
      await signIn(page, owner.email, 'not the right one at all')
      await page.getByText('The address or the password is not right.').waitFor()
      await signIn(page, 'nobody.has.this@example.com', owner.password)
      await page.getByText('The address or the password is not right.').waitFor()
      await signIn(page, owner.email, owner.password)
      await page.waitForURL(/\/settings\/keys$/)
      await page.getByRole('heading', { name: 'API keys' }).waitFor()
    },
    { at },
  )

  story(
    'an account is made, a second factor asked for at the next sign-in, and a backup code does as well',
    async ({ page, url, accessible, expectComplaint }) => {
      expectComplaint(/401/)
      await page.goto(`${url}/register`)
      await page.getByLabel('E-mail address').fill('reader@example.com')
      await page.getByLabel('Password', { exact: true }).fill('password1234')
      await page.getByRole('button', { name: 'Make the account' }).click()
      expectComplaint(/400/)
      // What is guessed first is refused, and nothing that was typed is lost.
      await page.getByRole('main').getByRole('alert').waitFor()
      expect(await page.getByLabel('E-mail address').inputValue()).toBe('reader@example.com')
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Make the account' }).click()
      await page.getByText('Accepted.').waitFor()
      await page.goto(`${url}/sign-in?to=/settings/security`)
      await signIn(page, 'reader@example.com')
      await page.waitForURL(/\/settings\/security$/)

      const second = page.getByRole('region', { name: 'Second factor' })
      await second.getByLabel('Password now').fill(password)
      await second.getByRole('button', { name: 'Begin' }).click()
      await page.getByRole('heading', { name: 'Backup codes' }).waitFor()
      await accessible()
      const secret = await second.locator('code').first().innerText()
      const backup = await second.getByRole('listitem').first().innerText()
      await page.getByLabel('First code of the app').fill(oneTimeCode(secret, Date.now()))
      await page.getByRole('button', { name: 'Switch it on' }).click()
      await page.getByText('On: every sign-in asks for a code').waitFor()

      await page.getByRole('button', { name: 'Account and display' }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByText('You are signed out.').waitFor()
      await page.goto(`${url}/sign-in?to=/settings/profile`)
      await signIn(page, 'reader@example.com')
      await page.getByLabel('Code').fill('000000')
      await page.getByRole('button', { name: 'Sign in with this code' }).click()
      await page.getByText('The code is not right.').waitFor()
      await page.getByLabel('Code').fill(backup)
      await page.getByRole('button', { name: 'Sign in with this code' }).click()
      await page.waitForURL(/\/settings\/profile$/)
    },
    { at },
  )

  story(
    'a session that was ended elsewhere is said at the next action; what was typed stays, and goes on after signing in',
    async ({ page, url, accessible, expectComplaint }) => {
      const email = await account('away')
      await page.goto(`${url}/sign-in?to=/settings/keys`)
      await signIn(page, email)
      await page.getByLabel('Name').fill('bot on the server')

      const { sessionToken } = (await (await ask('/auth/login', { email, password })).json()) as {
        sessionToken: string
      }
      const headers = { authorization: `Bearer ${sessionToken}` }
      const ended = await fetch(`${url}/api/v1/user/sessions`, { method: 'DELETE', headers })
      expect(await ended.json()).toEqual({ ended: 1 })

      expectComplaint(/401/)
      await page.getByRole('button', { name: 'Make a key' }).click()
      const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
      await dialog.waitFor()
      await accessible()
      expect(await dialog.getByLabel('E-mail address').inputValue()).toBe(email)
      await dialog.getByLabel('Password', { exact: true }).fill(password)
      await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
      // The key is made without being asked for again.
      await page.getByText('It is shown this once.').waitFor()
      await page.getByText('bot on the server', { exact: true }).waitFor()
      expect(await page.locator('code').first().innerText()).toMatch(/^pq_/)
      await accessible()
      await page.getByRole('button', { name: 'Revoke' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
      await page.getByText('No keys yet.').waitFor()
    },
    { at },
  )

  story(
    'an account is deleted by whoever types so and knows its password',
    async ({ page, url, expectComplaint }) => {
      const email = await account('leaving')
      await page.goto(`${url}/sign-in?to=/settings/data`)
      await signIn(page, email)
      const gone = page.getByRole('button', { name: 'Delete the account for good' })
      await page.getByLabel('Password now').fill('not the right one at all')
      expect(await gone.isDisabled()).toBe(true)
      await page.getByLabel('Type “delete my account”').fill('delete my account')
      expectComplaint(/40[01]/)
      await gone.click()
      await page.getByRole('main').getByRole('alert').waitFor()
      await page.getByLabel('Password now').fill(password)
      await gone.click()
      await page.getByText('The account is deleted.').waitFor()
      const again = await ask('/auth/login', { email, password })
      expect(again.status).toBe(401)
    },
    { at },
  )

  story(
    'the pages of accounts are for everybody to use, and say what this installation cannot do',
    async ({ page, url, accessible, expectComplaint }) => {
      // Four looks within a minute, of one address, signed in as nobody: the limit of such is met, and pages wait for it.
      expectComplaint(/429/)
      for (const [path, title] of [
        ['sign-in', 'Sign in'],
        ['register', 'Make an account'],
        ['forgot-password', 'Forgot your password?'],
        ['reset-password?token=abc', 'A new password'],
        ['verify-email', 'Verify your address'],
      ] as const) {
        await page.goto(`${url}/${path}`)
        await page.getByRole('heading', { name: title, level: 1 }).waitFor()
        await accessible()
      }
      await page.goto(`${url}/forgot-password`)
      await page.getByText('This installation sends no mail').waitFor()
      await page.goto(`${url}/reset-password?token=secret-of-a-mail`)
      await page.getByLabel('New password').waitFor()
      expect(page.url()).toBe(`${url}/reset-password`)
    },
    { at, looks: ['desk', 'night', 'phone', 'phoneNight'] },
  )
})
