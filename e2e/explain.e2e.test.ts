import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, openBrowser } from './browser.ts'
import { buildPages } from './product.ts'
import { openSampleSite } from './sample-site.ts'

describe.skipIf(!chromiumPath)('why a call says what it says (skipped where there is no Chromium)', () => {
  let browser: BrowserContext
  let page: Page
  let site: Awaited<ReturnType<typeof openSampleSite>>

  beforeAll(async () => {
    await buildPages()
    site = await openSampleSite()
    browser = await openBrowser({ width: 1280, height: 800 })
    page = await browser.newPage()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const reasons = () => page.getByRole('region', { name: /^Reasons/ })
  const opened = () => page.getByRole('region', { name: /stands for$/ })

  it('a number of the reasons is opened, followed and closed by keyboard alone', async () => {
    await page.goto(`${site.url}/recommendations/0192f000-0000-7000-8000-000000000001`)
    const score = reasons().getByRole('button', { name: 'score: what it stands for' }).first()
    await score.waitFor()
    await score.focus()
    await page.keyboard.press('Enter')
    await opened().waitFor()
    expect(await score.getAttribute('aria-expanded')).toBe('true')
    await opened().getByRole('button', { name: 'chain.funding: what it stands for' }).press('Enter')
    await opened().getByText('binance-futures').first().waitFor()
    expect(await opened().innerText()).toContain('fundingRatio8h')
    await page.keyboard.press('Escape')
    await opened().waitFor({ state: 'detached' })
    expect(await score.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true)
  })

  it('what strangers wrote opens as their text, which runs nothing', async () => {
    const score = reasons().getByRole('button', { name: 'score: what it stands for' }).first()
    await score.click()
    await opened().getByRole('button', { name: 'news.tone: what it stands for' }).click()
    await opened().getByText('Written by strangers:').first().waitFor()
    expect(await opened().innerText()).toContain('<img src=x onerror=alert(1)>')
    expect(await opened().locator('img, script').count()).toBe(0)
  })

  const callOf = (index: number) =>
    `${site.url}/recommendations/0192f000-0000-7000-8000-${String(index).padStart(12, '0')}`
  const evidence = () => page.getByRole('region', { name: 'Evidence', exact: true })
  const show = async (name: string) => {
    await evidence().getByRole('button', { name, exact: true }).click()
  }

  it('a call says of each kind what was asked, what could be given, how it leans and how old it is', async () => {
    await page.goto(callOf(1))
    const tile = (kind: string) =>
      evidence()
        .getByRole('heading', { name: new RegExp(`^${kind}`) })
        .first()
        .locator('xpath=..')
    await tile('Social').waitFor()
    expect(await tile('Social').innerText()).toMatch(
      /Social\s+\+0\.28\s+asked 15, given 10\.5\s+quality 70 %, oldest 2 min/,
    )
    const onchain = evidence().getByRole('button', { name: /^On-chain: show/ })
    await onchain.or(evidence().getByRole('button', { name: /^On-chain: hide/ })).waitFor()
    if (await onchain.isVisible()) await onchain.click()
    expect(await page.locator('#reading-chain\\.funding').innerText()).toContain('binance-futures')
  })

  it('a call names what could not be known, by source and reason', async () => {
    const text = await evidence().innerText()
    expect(text).toContain('Technical, okx: no answer within 5 s')
    expect(text).toContain('News, cryptopanic: needs CRYPTOPANIC_API_KEY')
  })

  it('a coin of its own chain has no contract to assess, and one that nobody was asked of is not assessed', async () => {
    await show('Safety')
    await evidence().getByText('Coin of its own chain').waitFor()
    await page.goto(callOf(10))
    await show('Safety')
    await evidence().getByText('Not assessed: nobody was asked.').waitFor()
    await show('Stories and posts')
    const none = evidence().getByText('No source of news could be asked.')
    await none.waitFor()
    expect(await none.count()).toBe(1)
  })

  it('an unsafe contract shows its failed checks before all others; one of which little is known is not safe', async () => {
    await page.goto(callOf(11))
    await show('Safety')
    const checks = page.getByRole('region', { name: /^Token safety/ }).locator('li')
    await checks.first().waitFor()
    const verdicts = (await checks.allInnerTexts()).map((text) => /failed|unknown|passed/.exec(text)?.[0] ?? text)
    const order = ['failed', 'unknown', 'passed']
    expect(verdicts).toEqual(verdicts.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
    expect(verdicts[0]).toBe('failed')
    expect(await checks.first().innerText()).toContain('it can be bought and not sold (goplus)')
    await page.goto(callOf(12))
    await show('Safety')
    await evidence().getByText('Unknown is not safe.').waitFor()
    await show('Stories and posts')
    await evidence().getByText('No source of posts could be asked.').waitFor()
  })

  it('stories are quoted as text of strangers, which runs nothing and leads to web pages alone; posts with their bots', async () => {
    await page.goto(callOf(1))
    await show('Stories and posts')
    const stories = page.getByRole('region', { name: /^Stories/ })
    const items = stories.locator('li')
    await items.first().waitFor()
    expect(await items.first().innerText()).toMatch(/Bitcoin upgrade goes live[\s\S]*bullish[\s\S]*7 documents/)
    expect(await items.first().getByRole('link').getAttribute('rel')).toBe('noreferrer nofollow')
    expect(await items.filter({ hasText: 'GUARANTEED' }).innerText()).toContain('<img src=x onerror=alert(1)>')
    expect(await stories.locator('img, script').count()).toBe(0)
    const script = items.filter({ hasText: 'javascript:alert(1)' })
    expect([await script.count(), await script.getByRole('link').count()]).toEqual([1, 0])
    await page.goto(callOf(11))
    await show('Stories and posts')
    const posts = page.getByRole('region', { name: 'Posts', exact: true })
    await posts.waitFor()
    expect(await posts.innerText()).toMatch(/Like bots\s+71 %\s+New accounts\s+64 %\s+Copied\s+58 %/)
  })

  it('where the sealed texts are not told, the call says so and leads to what is told now', async () => {
    await page.route('**/inputs', async (route) => {
      const answer = await route.fetch()
      const { gathered: _, ...inputs } = (await answer.json()) as { gathered: unknown }
      await route.fulfill({ response: answer, json: inputs })
    })
    await page.goto(callOf(11))
    await show('Stories and posts')
    await evidence().getByText('is sealed with it, but not told here.').waitFor()
    expect(await page.getByRole('region', { name: /^Stories/ }).count()).toBe(0)
    await page.unroute('**/inputs')
    await page.getByRole('link', { name: 'See what is told of MOONPUP now' }).click()
    await page.waitForURL(/\/tokens\//)
  })
})
