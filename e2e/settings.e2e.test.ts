import { afterEach, expect, inject } from 'vitest'
import { chromiumPath } from './browser.ts'
import { story } from './story.ts'

type Shown = { version: number; settings: Record<string, unknown>; origins: Record<string, { origin: string }> }

const settings = async (method = 'GET', body?: object): Promise<Shown> => {
  const answer = await fetch(`${inject('demo')}/api/v1/user/settings`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return (await answer.json()) as Shown
}

afterEach(async () => {
  if (chromiumPath) await settings('DELETE')
})

story(
  'weights are moved together, and what they would do to recent calls is seen before anything counts',
  async ({ page, url, accessible }) => {
    await page.goto(`${url}/settings/analysis`)
    const rows = page.getByRole('region', { name: 'What this would do to recent calls' }).last().locator('tbody tr')
    await rows.first().waitFor({ timeout: 60_000 })
    await page.getByText(/^None of \d+ changes its direction\.$/).waitFor()
    // By the weights they were made by, the arithmetic here gives the scores that were sealed.
    const { items } = (await (
      await fetch(`${url}/api/v1/recommendations?current=true&whose=house&limit=8`)
    ).json()) as { items: { symbol: string; type: string; score: number; abstained: string | null }[] }
    const shown = await rows.allInnerTexts()
    const called = items.filter(({ type, abstained }) => type !== 'AVOID' && abstained === null)
    for (const { symbol, score } of called) {
      const row = shown.find((text) => text.startsWith(symbol))
      if (row === undefined) continue
      const [before, after] = row.match(/[+−]?\d\.\d\d/g) ?? []
      expect(before, row).toBe(after)
      expect(Number(before?.replace('−', '-')), row).toBeCloseTo(score, 2)
    }
    await accessible()
    const slider = page.getByRole('slider', { name: 'Weight of Technical' })
    await slider.focus()
    await page.keyboard.press('End')
    const kinds = ['News', 'On-chain', 'Technical', 'Social']
    const weights = await Promise.all(
      kinds.map((kind) => page.getByRole('slider', { name: `Weight of ${kind}` }).inputValue()),
    )
    expect(weights.map(Number).reduce((sum, weight) => sum + weight, 0)).toBe(100)
    expect(weights[2]).toBe('99')
    expect(await rows.allInnerTexts()).not.toEqual(shown)
    await page.getByText('1 change is not saved.').waitFor()
    expect((await settings()).origins['weights']?.origin).toBe('system')
    await accessible()
    await page.getByRole('button', { name: 'Discard' }).click()
    expect(await slider.inputValue()).toBe('25')
  },
  { looks: ['desk', 'night', 'phone', 'phoneNight'] },
)

story('a setting says who said it, what is allowed, and is taken back', async ({ page, url, accessible }) => {
  await page.goto(`${url}/settings/thresholds`)
  const field = page.getByLabel('Most recommendations at once')
  await field.fill('51')
  await page.getByText('Allowed: 1 to 50 count.', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
  await field.fill('7')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Your choice').waitFor()
  await accessible()
  expect((await settings()).settings['maxRecommendations']).toBe(7)
  await page.getByRole('button', { name: 'Take back' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Your choice').waitFor({ state: 'detached' })
  expect((await settings()).origins['maxRecommendations']?.origin).not.toBe('user')
})

story('two pages do not overwrite each other', async ({ page, url, expectComplaint }) => {
  await page.goto(`${url}/settings/trading`)
  await page.getByLabel('Fee, each side').fill('0.2')
  await settings('PATCH', { costs: { slippageBpsPerSide: 9 } })
  expectComplaint(/409/)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The settings were changed elsewhere meanwhile.').waitFor()
  await page.getByRole('button', { name: 'Show what counts now, and keep my changes' }).click()
  await expect.poll(() => page.getByLabel('Slippage, each side').inputValue()).toBe('9')
  expect(await page.getByLabel('Fee, each side').inputValue()).toBe('0.2')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved.').waitFor()
  expect((await settings()).settings['costs']).toEqual({ feePctPerSide: 0.2, slippageBpsPerSide: 9 })
})

story('a preset is taken and undone; choices leave and come back as a file', async ({ page, url, expectComplaint }) => {
  await settings('PATCH', { riskTolerance: 'aggressive' })
  await page.goto(`${url}/settings/analysis`)
  await page.getByRole('button', { name: 'Use Conservative swing' }).click()
  await page.getByText('“Conservative swing” counts now.').waitFor()
  expect((await settings()).settings['riskTolerance']).toBe('conservative')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('It is as it was before.').waitFor()
  expect((await settings()).settings['riskTolerance']).toBe('aggressive')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save to a file' }).click()
  const path = await (await saving).path()
  await settings('DELETE')
  const file = page.getByLabel('Bring back from a file')
  expectComplaint(/400/)
  await file.setInputFiles({ name: 'not.json', mimeType: 'application/json', buffer: Buffer.from('{"kind":"other"}') })
  await page.getByRole('main').getByRole('alert').waitFor()
  await file.setInputFiles(path)
  await page.getByText('The choices of the file count now.').waitFor()
  expect((await settings()).settings['riskTolerance']).toBe('aggressive')
})

story('figures and instants follow what this browser was told', async ({ page, url, accessible }) => {
  await page.goto(`${url}/settings/display`)
  await page.getByLabel('Figures as in').fill('de-DE')
  await page.getByLabel('Time zone').fill('Asia/Kolkata')
  await page.getByText('1.234.567,50').waitFor()
  await page.getByText(/\d\d:\d\d GMT\+5:30/).waitFor()
  await page.getByLabel('Time zone').fill('Mars/Olympus')
  await page.getByText('The browser knows no such time zone.').waitFor()
  await accessible()
  await page.getByLabel('Own currency beside US dollars').fill('chf')
  await page.getByLabel('How much of it is one US dollar').fill('0.8')
  await page.reload()
  expect(await page.getByLabel('Figures as in').inputValue()).toBe('de-DE')
  expect(await page.getByLabel('Own currency beside US dollars').inputValue()).toBe('CHF')
  await page.getByText('1.234.567,50').waitFor()
})

story('settings that cannot be read say so and are asked for again', async ({ page, url, expectComplaint }) => {
  expectComplaint(/503/)
  const problem = { code: 'unavailable', title: 'Away', status: 503, detail: 'the database does not answer' }
  await page.route('**/api/v1/user/settings', (route) => route.fulfill({ status: 503, json: problem }))
  await page.goto(`${url}/settings/trading`)
  await page.getByText('the database does not answer').waitFor()
  await page.unroute('**/api/v1/user/settings')
  await page.getByRole('button', { name: 'Ask again' }).click()
  await page.getByLabel('Fee, each side').waitFor()
})

story('at the machine itself there is nothing to sign in to, and that is said', async ({ page, url, accessible }) => {
  for (const section of ['profile', 'security', 'sessions']) {
    await page.goto(`${url}/settings/${section}`)
    await page.getByText('You sit at the machine that PumpIQ runs on.').first().waitFor()
    await accessible()
  }
  await page.goto(`${url}/sign-in`)
  await page.getByText('No sign-in needed.').waitFor()
})
