import { expect, it } from 'vitest'
import { openTold, pathOf, showPush, toldOf } from './push.ts'
import type { Scope } from './scope.ts'

const origin = 'https://pumpiq.example'
const call = '/recommendations/01a206e2-6aca-702e-b68c-6e55a1773bb0'

function browser(open: readonly string[]) {
  const shown: unknown[] = []
  const done: string[] = []
  const scope = {
    location: { origin },
    registration: {
      showNotification: async (title: string, options: object) => void shown.push({ title, ...options }),
    },
    clients: {
      matchAll: async () => open.map((url) => ({ url, focus: async () => void done.push(`focus ${url}`) })),
      openWindow: async (url: string) => void done.push(`open ${url}`),
    },
  } as unknown as Scope
  return { scope, shown, done }
}

it('a message is shown with its words; a repetition has the same tag, by which it replaces the first', async () => {
  const { scope, shown } = browser([])
  const sent = JSON.stringify({ title: 'BUY TWIN', body: 'Entry reached', tag: 'key-1', url: origin + call })
  await showPush(scope, sent)
  await showPush(scope, sent)
  expect(shown).toEqual([shown[1], shown[1]])
  expect(shown[0]).toMatchObject({ title: 'BUY TWIN', body: 'Entry reached', tag: 'key-1', data: { url: call } })
})

it.each([null, '', 'not JSON', '7', 'null', '{}', '{"title":7,"body":["x"]}'])(
  'what cannot be read (%s) is shown too: that something happened, and where',
  (sent) => {
    expect(toldOf(sent, origin)).toMatchObject({
      title: 'PumpIQ',
      url: '/alerts',
      body: expect.stringContaining('call'),
    })
  },
)

it.each([
  ['https://evil.example/recommendations/1', '/alerts'],
  ['//evil.example/x', '/alerts'],
  ['javascript:alert(1)', '/alerts'],
  [`${origin}/api/v1/auth/logout`, '/alerts'],
  [null, '/alerts'],
  [`${origin}${call}`, call],
  ['/record?from=push', '/record?from=push'],
])('a click on what links to %s leads to %s', (url, path) => {
  expect(pathOf(url, origin)).toBe(path)
})

it('a click opens the call in a window of its own, or goes to the one that shows it: what is typed elsewhere stays', async () => {
  const elsewhere = browser([`${origin}/portfolio`])
  await openTold(elsewhere.scope, { url: call })
  expect(elsewhere.done).toEqual([`open ${origin}${call}`])
  const there = browser([`${origin}/portfolio`, origin + call])
  await openTold(there.scope, { url: call })
  expect(there.done).toEqual([`focus ${origin}${call}`])
  await openTold(there.scope, null)
  expect(there.done.at(-1)).toBe(`open ${origin}/alerts`)
})
