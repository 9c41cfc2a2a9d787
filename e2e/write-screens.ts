import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openBrowser } from './browser.ts'
import { buildPages, startDemo } from './product.ts'
import { called, fillPortfolio, screens, settled } from './screens.ts'

/** Takes docs/screens/*.png anew, from the real product on its simulated market: npm exec -- node e2e/write-screens.ts */
const folder = fileURLToPath(new URL('../docs/screens', import.meta.url))
await mkdir(folder, { recursive: true })
await buildPages()
const product = await startDemo()
try {
  await called(product.url)
  await fillPortfolio(product.url)
  for (const { suffix, ...look } of [
    { suffix: '', width: 1440, height: 1000, dark: false },
    { suffix: '-dark', width: 1440, height: 1000, dark: true },
    { suffix: '-390', width: 390, height: 844, dark: false },
    { suffix: '-390-dark', width: 390, height: 844, dark: true },
  ]) {
    const browser = await openBrowser(look)
    const page = await browser.newPage()
    for (const { name, go } of screens) {
      await go(page, product.url)
      await settled(page)
      await page.screenshot({ path: `${folder}/${name}${suffix}.png` })
    }
    await browser.close()
  }
} finally {
  await product.close()
}
