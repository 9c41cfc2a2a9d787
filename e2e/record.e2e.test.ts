import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { chromiumPath } from './browser.ts'
import { hearAnswers, walkFacts } from './facts.ts'
import { openSampleSite } from './sample-site.ts'
import { story } from './story.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
let site: Awaited<ReturnType<typeof openSampleSite>> | null = null
let folder = ''

beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'pumpiq-record-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))
// Each story has its own: who asks so much in a minute is refused.
beforeEach(async () => {
  if (chromiumPath) site = await openSampleSite({ ended: 'many' })
})
afterEach(() => site?.close())

const atSample = () => site!.url
/** Sample pages have no line for what happens. */
const noLine = /\/stream|404 \(Not Found\)/

const answers = {
  summary: /^\/performance\/summary/,
  baselines: /^\/performance\/baselines/,
  equity: /^\/performance\/equity/,
  calibration: /^\/performance\/calibration/,
  breakdown: /^\/performance\/breakdown/,
  endings: /^\/performance\/recommendations/,
}

/** All panels are there when none loads. */
async function untilThere(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Everything is counted' }).waitFor()
  await expect.poll(() => page.locator('main [role=status]').count(), { timeout: 30_000 }).toBe(0)
}

const panel = (page: Page, name: RegExp) => page.getByRole('region', { name }).first()

story(
  'the record tells the losers first, loudly that it is no better than holding, and every number on it is the API’s',
  async ({ page, url, accessible, expectComplaint }) => {
    expectComplaint(noLine)
    const heard = hearAnswers(page)
    await page.goto(`${url}/record`)
    await untilThere(page)
    await accessible()
    expect(await page.getByRole('alert').innerText()).toMatch(/^Not better than buy and hold/)
    const results = panel(page, /^Calls that ended$/).locator('tbody tr')
    expect(await results.first().innerText()).toMatch(/XRP[\s\S]*Stopped[\s\S]*−1\.08 R/)
    expect(await page.getByRole('img', { name: /^Cumulative R of 8 lines/ }).isVisible()).toBe(true)
    expect(await page.getByRole('img', { name: /^Reliability: 5 groups/ }).isVisible()).toBe(true)
    const figures = await walkFacts(page, heard, { answers, least: 200 })
    await page.getByRole('button', { name: 'Token', exact: true }).click()
    await page.getByText('Show all 15').click()
    await page.getByRole('button', { name: 'As measured, before caps' }).click()
    await page.getByRole('slider', { name: 'Look at a moment' }).press('Home')
    expect(await walkFacts(page, heard, { answers, least: 250 })).toBeGreaterThan(figures)
    expect(await page.evaluate('document.documentElement.scrollWidth === innerWidth')).toBe(true)
  },
  { at: atSample, looks: ['desk', 'night', 'phone', 'phoneNight'] },
)

story(
  'a number that the API did not tell is found by the walk, and so is one that says not where it is from',
  async ({ page, url, expectComplaint }) => {
    expectComplaint(noLine)
    const heard = hearAnswers(page)
    await page.goto(`${url}/record`)
    await untilThere(page)
    const walk = () => walkFacts(page, heard, { answers, least: 200 })
    const edit = (script: string) => page.evaluate(script)
    await walk()
    await edit(`document.querySelector('[data-fact="summary#directional.hit.value"]').textContent = '43.2 %'`)
    await expect(walk()).rejects.toThrow('what is shown and not so')
    await edit(`document.querySelector('[data-fact="summary#directional.hit.value"]').textContent = '43.1 %'`)
    await walk()
    await edit(`document.querySelector('main h1').append(' 98 % right')`)
    await expect(walk()).rejects.toThrow('neither a fact nor plain')
  },
  { at: atSample },
)

story('what is looked at stands in the address, and is saved as files that run no formula', async ({ page, url }) => {
  await page.goto(`${url}/record`)
  await page.getByRole('heading', { name: 'No call has ended yet' }).waitFor()
  await page.getByRole('button', { name: '30 days' }).click()
  await page.getByRole('button', { name: 'Day trade' }).click()
  await page.getByRole('button', { name: 'Risk', exact: true }).click()
  await page.waitForURL(/\/record\?period=30d&timeframe=DAY_TRADE&by=risk$/)
  await page.reload()
  await page.getByRole('heading', { name: 'No call ended in the last 30 days' }).waitFor()
  for (const name of ['30 days', 'Day trade', 'Risk'])
    expect(await page.getByRole('button', { name, exact: true }).getAttribute('aria-pressed')).toBe('true')
  await untilThere(page)
  const saved = async (button: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ])
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
  }
  const json = await saved('JSON')
  expect(json.name).toBe('pumpiq-record-day_trade-30d.json')
  expect(JSON.parse(json.text)).toMatchObject({
    summary: { period: '30d', timeframe: 'DAY_TRADE' },
    equity: { timeframe: 'DAY_TRADE' },
    breakdown: { by: 'risk' },
  })
  expect((await saved('CSV: groups')).text).toMatch(/^key,label,calls,closed/)
  expect((await saved('CSV: calls')).text).toMatch(/^id,token,symbol/)
})

/** One bit of one letter of the record's body. */
function flipped(exported: Buffer, record: number): Buffer {
  const altered = Buffer.from(exported)
  let start = 0
  for (let line = 1; line < record; line++) start = altered.indexOf(10, start) + 1
  const at = altered.indexOf('":"', altered.indexOf('"body":', start)) + 3
  altered[at] = altered[at]! ^ 1
  return altered
}

type Told = { code: number; said: { ok: boolean; count: number; faults: { seq: number }[] } }

const byCommand = (path: string): Promise<Told> =>
  new Promise((told, failed) => {
    const args = ['packages/server/src/main.ts', 'verify', '--export', path, '--json']
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      if (typeof code !== 'number' || stdout === '') failed(new Error(`the command did not run: ${stderr}`))
      else told({ code, said: JSON.parse(stdout) as Told['said'] })
    })
  })

story(
  'the chain is verified in the browser: a flipped bit is found where it is, offline, and by the command line alike',
  async ({ page, url, expectComplaint, accessible }) => {
    expectComplaint(/ERR_INTERNET_DISCONNECTED/)
    await page.goto(`${url}/record`)
    const card = panel(page, /^Check it yourself$/)
    await card.getByRole('button', { name: 'Verify the whole chain now' }).click()
    await card.getByText(/^Every one of [\d,]+ records holds\./).waitFor({ timeout: 60_000 })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      card.getByRole('link', { name: 'Download the ledger' }).click(),
    ])
    const sound = join(folder, 'sound.jsonl')
    await download.saveAs(sound)
    const exported = await readFile(sound)
    const count = exported.filter((byte) => byte === 10).length
    expect(count).toBeGreaterThan(5)
    const record = Math.ceil(count / 2)
    const altered = join(folder, 'altered.jsonl')
    await writeFile(altered, flipped(exported, record))

    await page.context().setOffline(true)
    const file = card.locator('input[type=file]')
    await file.setInputFiles(altered)
    await card.getByText(`Record ${record} does not hold.`).waitFor({ timeout: 60_000 })
    await drop(page, sound, await readFile(sound, 'utf8'))
    await card.getByText(`Every one of ${count.toLocaleString('en')} records holds.`).waitFor({ timeout: 60_000 })
    await page.context().setOffline(false)
    await accessible()

    expect(await byCommand(sound)).toMatchObject({ code: 0, said: { ok: true, count } })
    const told = await byCommand(altered)
    expect(told).toMatchObject({ code: 1, said: { ok: false } })
    expect(told.said.faults[0]!.seq).toBe(record)
  },
  { timeoutMs: 180_000 },
)

/** As if the file were let go over the card. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const carried = await page.evaluateHandle(
    `(() => {
      const carried = new DataTransfer()
      carried.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name.split('/').at(-1))}))
      return carried
    })()`,
  )
  await page.getByText('Or drop an export here').dispatchEvent('drop', { dataTransfer: carried })
}

story(
  'what loads holds its place, and what fails says why, and can be asked again',
  async ({ page, url, expectComplaint, accessible }) => {
    expectComplaint(/500 \(Internal Server Error\)/)
    expectComplaint(noLine)
    let isBroken = true
    const problem = { code: 'broken', detail: 'the disk is full', status: 500, title: 'broken', type: 'about:blank' }
    await page.route('**/performance/equity*', (route) =>
      isBroken
        ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) })
        : route.continue(),
    )
    let go = () => {}
    const held = new Promise<void>((open) => (go = open))
    await page.route('**/performance/summary*', async (route) => {
      await held
      await route.continue()
    })
    await page.goto(`${url}/record`)
    await page.locator('main [role=status]').first().waitFor()
    await accessible()
    expect(await page.getByRole('heading', { name: 'Everything is counted' }).count()).toBe(0)
    go()
    const equity = panel(page, /^One R on each call/)
    await equity.getByRole('alert').waitFor()
    expect(await equity.getByRole('alert').innerText()).toContain('the disk is full')
    await accessible()
    isBroken = false
    await equity.getByRole('button', { name: 'Ask again' }).click()
    await equity.getByRole('img').waitFor()
  },
  { at: atSample, looks: ['desk', 'phone'] },
)
