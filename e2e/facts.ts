import type { Page, Response } from 'playwright-core'
import { expect } from 'vitest'
import { faultOf } from './compare-figure.ts'

/**
 * The walker: shows that every number on a page of the record is the API's.
 *
 *     const heard = hearAnswers(page)              // before the page is opened
 *     await page.goto(...)
 *     const walked = await walkFacts(page, heard, {
 *       answers: { summary: /^\/performance\/summary/, outcome: /\/outcome$/ },   // name in data-fact -> path and query below /api/v1
 *       least: 40,                                                                // fewer figures than this, and the walk fails
 *     })
 *
 * Each text of <main> with a digit must stand in `data-fact` (parts/kit/fact.tsx), or in `data-plain`, <time> or <code>, where no figure of the
 * record is. A fact `summary#directional.hit.value` is held against what the page itself was answered, and against what the API says when it
 * is asked again. Paths: `targets.0.price`; an item of a list by what it is called: `items[id=0192f].outcome.rMultiple`. A figure before "%"
 * is a share, unless its path says Pct (or the `inPercent` that is given says so). What was a text, such as a verdict, stands there word by word.
 */
export type Walk = {
  readonly answers: Readonly<Record<string, RegExp>>
  readonly least: number
  readonly inPercent?: (name: string, path: string) => boolean
  /** False where the API tells another thing each time, such as a price that moves: then only what the page was answered counts. */
  readonly again?: boolean
}

type Answer = { readonly url: string; readonly at: string; readonly body: unknown }
export type Heard = { readonly answers: () => Promise<readonly Answer[]> }

const prefix = '/api/v1'

/** Keeps what the page is answered from now on. */
export function hearAnswers(page: Page): Heard {
  const coming: Promise<Answer | null>[] = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith(prefix)) coming.push(answerOf(response))
  })
  return { answers: async () => (await Promise.all(coming)).filter((answer) => answer !== null) }
}

async function answerOf(response: Response): Promise<Answer | null> {
  if (!response.ok() || !response.headers()['content-type']?.includes('json')) return null
  const { pathname, search } = new URL(response.url())
  const at = decodeURIComponent(pathname.slice(prefix.length)) + search
  // An answer that the page gave up waiting for has no body.
  const body: unknown = await response.json().catch(() => undefined)
  return body === undefined ? null : { url: response.url(), at, body }
}

type Seen = {
  readonly facts: readonly { readonly fact: string; readonly text: string }[]
  /** Texts with digits that stand nowhere they may. */
  readonly stray: readonly string[]
}

/** Runs in the page. */
const look = `(() => {
  const main = document.querySelector('main')
  const facts = [...main.querySelectorAll('[data-fact]')].map((at) => ({ fact: at.dataset.fact, text: at.textContent }))
  const stray = []
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { parentElement: around, data } = texts.currentNode
    if (/\\d/.test(data) && !around.closest('[data-fact], [data-plain], time, code')) stray.push(data.trim() + ' in ' + around.outerHTML.slice(0, 200))
  }
  return { facts, stray }
})()`

/** Returns how many figures were held against the API. */
export async function walkFacts(
  page: Page,
  heard: Heard,
  { answers, least, inPercent, again = true }: Walk,
): Promise<number> {
  const { facts, stray } = (await page.evaluate(look)) as Seen
  expect(stray, 'texts with digits that are neither a fact nor plain').toEqual([])
  const told = (await heard.answers()).toReversed()
  const faults: string[] = []
  let figures = 0
  const asked = new Map<string, Promise<unknown>>()
  const askedAgain = ({ url }: Answer) => {
    if (!asked.has(url))
      asked.set(
        url,
        page.request.get(url).then((response) => response.json() as Promise<unknown>),
      )
    return asked.get(url)!
  }
  for (const { fact, text } of facts) {
    const [name = '', path = ''] = fact.split('#')
    const pattern = answers[name]
    const fitting = pattern ? told.filter(({ at }) => pattern.test(at)) : []
    const answer = fitting.find(({ body }) => valueAt(body, path) !== undefined)
    if (!answer) {
      faults.push(`${fact}: ${JSON.stringify(text)} is shown, and no answer has it (${fitting.length} are called so)`)
      continue
    }
    const bodies = again ? [answer.body, await askedAgain(answer)] : [answer.body]
    for (const body of bodies) {
      const is = inPercent?.(name, path) ?? isInPercent(body, path)
      const fault = faultOf(text, valueAt(body, path), { inPercent: is })
      if (fault !== null) faults.push(`${fact}: ${fault}`)
    }
    if (/\d/.test(text)) figures++
  }
  expect(faults, 'what is shown and not so').toEqual([])
  expect(figures, 'figures held against the API').toBeGreaterThanOrEqual(least)
  return figures
}

/** `a.0.b` and `a[id=x].b`; undefined where there is nothing. */
export function valueAt(body: unknown, path: string): unknown {
  let at: unknown = body
  for (const [step, key, wanted] of path.matchAll(/\[(\w+)=([^\]]*)\]|[^.[\]]+/g)) {
    if (typeof at !== 'object' || at === null) return undefined
    at =
      key === undefined
        ? (at as Record<string, unknown>)[step]
        : (at as Record<string, unknown>[]).find((item) => String(item[key]) === wanted)
  }
  return at
}

/** A name says Pct, or the figure is the interval of one whose name does. */
export function isInPercent(body: unknown, path: string): boolean {
  const steps = path.split('.')
  if (steps.some((step) => step.endsWith('Pct') || step.includes('PctPer'))) return true
  const around = valueAt(body, steps.slice(0, -1).join('.'))
  const last = steps.at(-1) ?? ''
  const mean = /^lead(?:Low|High)$/.test(last) ? 'leadPct' : /^(?:low|high)$/.test(last) ? 'meanReturnNetPct' : null
  return mean !== null && typeof around === 'object' && around !== null && mean in around
}
