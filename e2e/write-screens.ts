import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openBrowser } from './browser.ts'
import { buildPages, startDemo } from './product.ts'

/** Takes docs/screens/*.png anew, from the real product on its simulated market: npm exec -- node e2e/write-screens.ts */
const folder = fileURLToPath(new URL('../docs/screens', import.meta.url))
await mkdir(folder, { recursive: true })
await buildPages()
const product = await startDemo()
try {
  for (const { name, width, height } of [
    { name: '', width: 1440, height: 1000 },
    { name: '-390', width: 390, height: 844 },
  ]) {
    const browser = await openBrowser({ width, height })
    const page = await browser.newPage()
    await page.goto(product.url)
    await page.getByText('Next round in').waitFor({ timeout: 180_000 })
    await page.getByText(/^Following \d+ open calls/).waitFor({ timeout: 180_000 })
    // The list is read anew every 20 s; the pictures shall show all of it.
    await page.reload()
    await page.locator('.row-link').first().waitFor()
    // What is told of a contract is more than what is told of a coin of its own chain.
    const contract = await page.locator('.cell-evidence[href*="0x"]').first().getAttribute('href')
    await page.screenshot({ path: `${folder}/home${name}.png` })
    // Directions come first in the list, where there are any.
    await page.locator('.row-link').first().click()
    await page.locator('.readings tbody tr').first().waitFor()
    await page.getByRole('button', { name: 'Verify in this browser' }).click()
    await page.getByText('These are the inputs it was decided from.').waitFor()
    await page.evaluate('scrollTo(0, 0)')
    await page.screenshot({ path: `${folder}/recommendation${name}.png`, fullPage: true })
    await page.goto(`${product.url}${contract}`)
    await page.getByRole('heading', { name: 'Evidence by kind' }).waitFor()
    await page.locator('.readings tbody tr').first().waitFor()
    await page.screenshot({ path: `${folder}/token${name}.png`, fullPage: true })
    await page.goto(`${product.url}/sources`)
    await page.locator('.source-table tbody tr').first().waitFor()
    await page.screenshot({ path: `${folder}/sources${name}.png`, fullPage: true })
    await page.goto(`${product.url}/record`)
    await page.locator('.counts tfoot').waitFor()
    await page.screenshot({ path: `${folder}/record${name}.png`, fullPage: true })
    await page.goto(`${product.url}/alerts`)
    await page.getByRole('heading', { name: 'Alerts', level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${folder}/alerts${name}.png`, fullPage: true })
    await browser.close()
  }
} finally {
  await product.close()
}
