import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, type TestContext } from 'vitest'
import { chromiumPath, openBrowser } from './browser.ts'

export type Look = { readonly width: number; readonly height: number; readonly dark: boolean }

/** A desk by day, a desk by night and a phone: every screen is good on all of them. */
const looks = {
  desk: { width: 1440, height: 900, dark: false },
  night: { width: 1440, height: 900, dark: true },
  phone: { width: 390, height: 844, dark: false },
  phoneNight: { width: 390, height: 844, dark: true },
} as const satisfies Record<string, Look>

export type Stage = {
  readonly page: Page
  readonly url: string
  readonly look: keyof typeof looks
  /** 0 violations of WCAG 2.2 AA on what is shown now; says which, where. */
  accessible(): Promise<void>
  /** What is expected to be told on the console in this story, such as an answer of 500 that it provokes. */
  expectComplaint(pattern: RegExp): void
}

type Tell = (stage: Stage, context: TestContext) => Promise<void>

type StoryOptions = {
  readonly looks?: readonly (keyof typeof looks)[]
  /** Another product than the one all stories share. */
  readonly at?: () => string
  readonly timeoutMs?: number
}

/**
 * What somebody does with the product, in a browser of his own, once for each look; on a desk unless said. Afterwards nothing was complained
 * of on the console, and no other host was asked.
 */
export function story(name: string, tell: Tell, { looks: shown = ['desk'], at, timeoutMs }: StoryOptions = {}): void {
  describe.skipIf(!chromiumPath)('in a browser (skipped where there is no Chromium)', () => {
    describe.each(shown.map((look) => ({ look })))('$look', ({ look }) => {
      let browser: BrowserContext
      beforeAll(async () => void (browser = await openBrowser(looks[look])))
      afterAll(() => browser?.close())
      it(
        name,
        async (context) => {
          const url = at ? at() : inject('demo')
          const page = await browser.newPage()
          const heard = listen(page, url)
          const expected: RegExp[] = []
          await tell(
            {
              page,
              url,
              look,
              accessible: () => accessible(page),
              expectComplaint: (pattern) => void expected.push(pattern),
            },
            context,
          )
          const unexpected = heard.complaints.filter((line) => !expected.some((pattern) => pattern.test(line)))
          expect(unexpected, 'what the console complained of').toEqual([])
          expect(heard.foreign, 'what other hosts were asked').toEqual([])
          await page.close()
        },
        timeoutMs,
      )
    })
  })
}

function listen(page: Page, url: string) {
  const complaints: string[] = []
  const foreign: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(?:blob|data):/.test(request.url())) foreign.push(request.url())
  })
  return { complaints, foreign }
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

type Violation = { id: string; help: string; nodes: { html: string; failureSummary: string }[] }

async function accessible(page: Page): Promise<void> {
  // The policy of the pages forbids scripts of others; an evaluated one is the test's own.
  await page.evaluate(await readFile(axePath, 'utf8'))
  const { violations } = (await page.evaluate(
    `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } })`,
  )) as { violations: Violation[] }
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} — ${failureSummary}`),
  )
  expect(told, `WCAG 2.2 AA at ${page.url()}`).toEqual([])
}
