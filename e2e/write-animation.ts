import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { animate, type Frame } from './apng.ts'
import { openBrowser } from './browser.ts'
import { buildPages, startDemo } from './product.ts'
import { called, settled } from './screens.ts'

/** Takes docs/screens/tour.png anew, from the market to a verified call to the record: npm exec -- node e2e/write-animation.ts */
const target = fileURLToPath(new URL('../docs/screens/tour.png', import.meta.url))
await buildPages()
const product = await startDemo()
try {
  await called(product.url)
  const browser = await openBrowser({ width: 1000, height: 640 })
  const page = await browser.newPage()
  const frames = await tour(page, product.url)
  await browser.close()
  await writeFile(target, animate(frames))
} finally {
  await product.close()
}

async function tour(page: Page, url: string): Promise<Frame[]> {
  const frames: Frame[] = []
  const look = async (showMs: number) => void frames.push({ png: await page.screenshot(), showMs })
  await page.goto(url)
  await settled(page)
  await look(2_000)
  await page.locator('a[href^="/recommendations/"]').first().click()
  await page.waitForURL(/\/recommendations\//)
  await settled(page)
  await look(2_200)
  for (const top of [420, 900]) {
    await page.mouse.wheel(0, top)
    await page.waitForTimeout(500)
    await look(1_400)
  }
  const verify = page.getByRole('button', { name: /verify/i }).first()
  await verify.scrollIntoViewIfNeeded()
  await look(900)
  await verify.click()
  await page.waitForTimeout(1_500)
  await look(2_400)
  await page.goto(`${url}/record`)
  await settled(page)
  await look(2_400)
  return frames
}
