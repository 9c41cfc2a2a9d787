import { expect } from 'vitest'
import { story } from './story.ts'

story(
  'whatever page one is on, the banner, the places and the record are there, and the theme is one’s own',
  async ({ page, url, accessible }) => {
    await page.goto(url)
    await page.getByText('SIMULATED', { exact: true }).waitFor()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Account and display' }).click()
    await page.getByRole('button', { name: 'Dark', exact: true }).click()
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
    await accessible()
    await page.reload()
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
    await page.goto(`${url}/no/such/page`)
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    await accessible()
  },
  { looks: ['desk', 'phone'] },
)

story('a token is found by the keyboard alone', async ({ page, url, accessible }) => {
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('/')
  await page.getByRole('combobox', { name: 'Name, ticker or address' }).waitFor()
  await page.keyboard.type('BTC')
  await page.getByRole('listbox', { name: 'Tokens found' }).getByRole('option').first().waitFor()
  await accessible()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/tokens\//)
})
