import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { expect } from 'vitest'

/** Where Debian and its kin put it; a trip without it is skipped aloud. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
export const chromiumPath = places.find((path) => existsSync(path))

/** A browser with an empty profile that asks nothing of the outside world on its own. */
export async function openBrowser({
  width,
  height,
  dark = false,
}: {
  width: number
  height: number
  dark?: boolean
}): Promise<BrowserContext> {
  if (!chromiumPath) throw new Error(`no Chromium at ${places.join(', ')}`)
  const profile = await mkdtemp(join(tmpdir(), 'pumpiq-browser-'))
  return chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    deviceScaleFactor: 1,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** Asserts that a text comes to be seen within half a minute. */
export async function expectSeen(page: Page, text: string): Promise<void> {
  const found = page.getByText(text).first()
  await found.waitFor({ timeout: 30_000 })
  expect(await found.isVisible()).toBe(true)
}
