import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import {
  positionSize,
  price,
  sizeBounds,
  sizeWithin,
  houseProfile,
  type Recommendation,
} from '../packages/domain/src/index.ts'
import { hearAnswers, walkFacts } from './facts.ts'
import { openSampleSite } from './sample-site.ts'
import { story } from './story.ts'

let site: Awaited<ReturnType<typeof openSampleSite>>
beforeAll(async () => void (site = await openSampleSite({ ended: 'many' })))
afterAll(() => site?.close())

const answers = {
  recommendation: /^\/recommendations\/[^/?]+$/,
  explanation: /^\/recommendations\/[^/]+\/explanation$/,
  outcome: /^\/recommendations\/[^/]+\/outcome$/,
  following: /^\/recommendations\/[^/]+\/follow$/,
}

type Call = Pick<Recommendation, 'id' | 'symbol' | 'type'>

/** A call that takes a side; the house makes its first ones while the product starts. */
async function trade(url: string): Promise<Recommendation> {
  for (let round = 0; round < 60; round++) {
    const { items } = (await (await fetch(`${url}/api/v1/recommendations?limit=100`)).json()) as { items: Call[] }
    const found = items.find(({ type }) => type === 'BUY' || type === 'SELL')
    if (found) return (await (await fetch(`${url}/api/v1/recommendations/${found.id}`)).json()) as Recommendation
    await setTimeout(1_000)
  }
  throw new Error('no call takes a side')
}

async function open(page: Page, url: string, id: string): Promise<void> {
  await page.goto(`${url}/recommendations/${id}`)
  await page.getByRole('heading', { name: 'The record' }).waitFor()
  await page.getByRole('button', { name: /: hide \d+ readings$/ }).waitFor()
}

/** All that can be opened at once. */
async function openAll(page: Page): Promise<void> {
  const closed = page.getByRole('button', { name: /: show \d+ readings$/ })
  for (let left = await closed.count(); left > 0; left--) await closed.first().click()
  const all = page.getByRole('button', { name: /^Show all \d+$/ })
  if (await all.isVisible()) await all.click()
}

const sampleCall = (index: number) => `0192f000-0000-7000-8000-${String(index).padStart(12, '0')}`

story(
  'a call is read whole: the verdict and the stakes first, and every figure is the API’s',
  async ({ page, url, accessible }) => {
    const heard = hearAnswers(page)
    const call = await trade(url)
    await open(page, url, call.id)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(call.symbol)
    for (const text of ['Target 1 before stop', 'Expected result', 'Pays', 'Risks'])
      expect(await page.locator('dt', { hasText: text }).first().isVisible()).toBe(true)
    await openAll(page)
    await page.getByRole('button', { name: 'score: what it stands for' }).first().click()
    await page.getByRole('region', { name: 'What score stands for' }).waitFor()
    await accessible()
    const figures = await walkFacts(page, heard, { answers, least: 100 })
    console.log(`${figures} figures of a call held against the API`)
    await page.keyboard.press('Escape')
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    expect(wide, 'px wider than the screen').toBeLessThanOrEqual(0)
  },
  { looks: ['desk', 'night', 'phone', 'phoneNight'], timeoutMs: 120_000 },
)

story(
  'of a call that has ended it is told how, and every figure of that is the API’s too',
  async ({ page, url, expectComplaint }) => {
    // The sample site has no stream.
    expectComplaint(/api\/v1\/stream|404/)
    for (const index of [1, 2, 3, 4, 11, 12]) {
      const heard = hearAnswers(page)
      await page.goto(`${url}/recommendations/${sampleCall(index)}`)
      await page.getByRole('heading', { name: 'The record' }).waitFor()
      await page.waitForLoadState('networkidle')
      await openAll(page)
      await walkFacts(page, heard, { answers, least: 20 })
    }
    await page.goto(`${url}/recommendations/${sampleCall(1)}`)
    const outcome = page.getByRole('region', { name: 'What happened since' }).first()
    await outcome.getByText('Stopped after a target').waitFor()
    expect(await outcome.innerText()).toContain('+0.14 R')
  },
  { at: () => site.url, timeoutMs: 90_000 },
)

story('the size is that of the domain, for one’s own portfolio and for any other', async ({ page, url }) => {
  const call = await trade(url)
  await open(page, url, call.id)
  const card = page.getByRole('region', { name: 'Position size' })
  const worst = call.type === 'BUY' ? call.entry!.high : call.entry!.low
  const own = positionSize(houseProfile, worst, call.stopLoss!)!
  const amount = (label: string) => card.locator('dt', { hasText: label }).locator('xpath=../dd').innerText()
  const shown = async (label: string) => Number((await amount(label)).replaceAll(/[^\d.]/g, ''))
  expect(await shown('Lost at the stop')).toBe(Number(own.worstCaseLossQuote))
  await card.getByLabel('Portfolio, USD').fill('25000')
  await card.getByLabel('Risk, %').fill('0.25')
  const bounds = { ...sizeBounds(houseProfile), portfolioQuote: price('25000'), riskPct: 0.25 }
  const wanted = sizeWithin(bounds, worst, call.stopLoss!)!
  expect(await shown('Put in')).toBeCloseTo(Number(wanted.quoteAmount), 1)
  expect(await shown('Lost at the stop')).toBeCloseTo(Number(wanted.worstCaseLossQuote), 1)
  await card.getByLabel('Portfolio, USD').fill('much')
  await card.getByText('An amount such as 10000').waitFor()
  expect(await card.locator('dt').count()).toBe(0)
  await card.getByRole('button', { name: 'Back to mine' }).click()
  expect(await shown('Lost at the stop')).toBe(Number(own.worstCaseLossQuote))
  await page.evaluate(
    `localStorage.setItem('pumpiq:preferences', JSON.stringify({ currency: { code: 'EUR', perUsd: 0.5 } }))`,
  )
  await page.reload()
  expect(await amount('Put in')).toMatch(/≈ .*€.*at your own rate/)
})

story(
  'it is followed with a note, and what was typed outlives a server that fails',
  async ({ page, url, expectComplaint }) => {
    expectComplaint(/500/)
    const call = await trade(url)
    await open(page, url, call.id)
    const card = page.getByRole('region', { name: 'What you make of it' })
    const isOf = (address: URL) => address.pathname === `/api/v1/recommendations/${call.id}`
    await page.route(isOf, (route) =>
      route.request().method() === 'PATCH'
        ? route.fulfill({ status: 500, json: { code: 'broken', detail: 'something broke', status: 500 } })
        : route.continue(),
    )
    await card.getByLabel('Note').fill('<b>half</b> of it')
    await card.getByRole('button', { name: 'Save' }).click()
    await card.getByRole('alert').waitFor()
    expect(await card.getByLabel('Note').inputValue()).toBe('<b>half</b> of it')
    await page.unroute(isOf)
    await card.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await card.getByRole('button', { name: 'Pause' }).click()
    await card.getByText('Paused.').waitFor()
    await page.reload()
    await card.getByText('Paused.').waitFor()
    expect(await card.getByLabel('Note').inputValue()).toBe('<b>half</b> of it')
  },
)

story(
  'the seal is computed here, without a network too; an altered document is found',
  async ({ page, url, expectComplaint }) => {
    expectComplaint(/ERR_INTERNET_DISCONNECTED/)
    const call = await trade(url)
    await open(page, url, call.id)
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Verify in this browser' }).click()
    await page.getByText('✓ This is what was sealed.').waitFor()
    await page.getByText('✓ These are the inputs it was decided from.').waitFor()
    await page.context().setOffline(false)
    await page.route(
      (address) => address.pathname === `/api/v1/recommendations/${call.id}`,
      (route) => route.fulfill({ json: { ...call, stopLoss: '1' } }),
    )
    await open(page, url, call.id)
    await page.getByRole('button', { name: 'Verify in this browser' }).click()
    await page.getByText('✕ This is not what was sealed').waitFor()
    expect(await page.locator('code', { hasText: 'npx pumpiq replay' }).innerText()).toBe(
      `npx pumpiq replay ${call.id} --demo`,
    )
  },
)

story('a picture of it is drawn here and saved; its link is copied', async ({ page, url, accessible }) => {
  const call = await trade(url)
  await open(page, url, call.id)
  await page.getByRole('button', { name: 'Picture' }).click()
  await page.getByRole('img', { name: /^Picture of the call/ }).waitFor()
  await accessible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as PNG' }).click(),
  ])
  const bytes = await readFile(await download.path())
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
  await page.getByRole('button', { name: 'Close' }).click()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByText('The link is copied.').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${url}/recommendations/${call.id}`)
})

story('what cannot be read is named, and the rest stays', async ({ page, url, expectComplaint }) => {
  expectComplaint(/500/)
  const call = await trade(url)
  for (const part of ['explanation', 'inputs', 'outcome', 'follow'])
    await page.route(`**/recommendations/${call.id}/${part}`, (route) =>
      route.fulfill({ status: 500, json: { code: 'broken', detail: `the ${part} broke`, status: 500 } }),
    )
  await page.goto(`${url}/recommendations/${call.id}`)
  for (const part of ['explanation', 'outcome', 'follow']) await page.getByText(`the ${part} broke`).first().waitFor()
  await page.getByRole('button', { name: 'Safety' }).click()
  await page.getByText('the inputs broke').first().waitFor()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(call.symbol)
  await page.getByRole('button', { name: 'Verify in this browser' }).click()
  await page.getByText('✓ This is what was sealed.').waitFor()
  await page.getByText('✕ The inputs could not be read, so they were not checked.').waitFor()
})
