import { checkWebhook, type WebhookChecked } from '@pumpiq/api'
import { Webhook } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { webhook } from './webhook.ts'
import { http, nobodyThere, openVendor, page, type Vendor } from './fake-vendors.ts'
import { ending, testNow, testChannel } from './test-channel.ts'

const { gone, refused, later } = ending

const oldSecret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
const newSecret = `whsec_${Buffer.alloc(24, 2).toString('base64')}`

const checks: Promise<WebhookChecked>[] = []

/** A receiver that has changed to the new secret already, or not yet: both verify, ours and the library of Standard Webhooks. */
const receiver =
  (fault: (text: string) => void): Vendor =>
  (asked) => {
    const body = asked.body.toString()
    const headers = Object.fromEntries(asked.headers)
    const key = asked.headers.get('webhook-id')
    for (const secret of [oldSecret, newSecret]) {
      const signed = new Webhook(secret).sign(key!, new Date(testNow), body)
      if (!headers['webhook-signature']!.split(' ').includes(signed)) fault(`not signed by ${secret}`)
      checks.push(checkWebhook({ body, header: (name) => headers[name], secrets: [secret], now: testNow }))
    }
    if (asked.body.length >= 20_000) fault(`a body of ${asked.body.length} bytes`)
    const { type, timestamp, data } = JSON.parse(body) as {
      type: string
      timestamp: string
      data: { notices: object[]; omitted: number }
    }
    if (
      !/^(recommendation\.|digest$|test$)/.test(type) ||
      Number.isNaN(Date.parse(timestamp)) ||
      data.notices.length === 0
    )
      fault(body)
    const seen = data.notices.map((notice) => Object.values(notice).join('\n')).join('\n')
    return {
      taken: {
        seen: `${seen}\n"omitted":${data.omitted} ${body.includes('"simulated":true') ? '"simulated":true' : ''}`,
        raw: body,
        key,
      },
      answer: { status: 202 },
    }
  }
const faults: string[] = []
testChannel(webhook, {
  target: { url: 'https://hooks.example.com/in/secretPath?key=secretKey', secrets: [newSecret, oldSecret] },
  secrets: ['secretPath', 'secretKey', newSecret.slice(6), oldSecret.slice(6), 'SECRET WORDS'],
  bad: [
    ...[
      'http://hooks.example.com/',
      'https://127.0.0.1/',
      'https://localhost/',
      'https://u:p@hooks.example.com/',
      'https://hooks.example.com:8443/',
      'no',
    ].map((url) => ({ url, secrets: [newSecret] })),
    ...[
      [],
      ['secret'],
      ['whsec_c2hvcnQ='],
      [`whsec_${Buffer.alloc(23).toString('base64')}`],
      [`whsec_${Buffer.alloc(65).toString('base64')}`],
      [newSecret, oldSecret, newSecret],
    ].map((secrets) => ({ url: 'https://hooks.example.com/', secrets })),
  ],
  open: () => openVendor(receiver((text) => faults.push(text))),
  nobody: nobodyThere(),
  answers: [
    ['410', [http(410)], gone],
    ['429 with a time', [http(429, { 'retry-after': '12' })], later(12_000)],
    ['502', [http(502)], later()],
    [
      '503 with a date',
      [http(503, { 'retry-after': 'Sun, 22 Nov 2026 10:01:00 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' })],
      later(60_000),
    ],
    ['504', [http(504, { 'retry-after': '5' })], later(5_000)],
    ['500', [http(500, {}, page)], later()],
    ['a redirect', [http(308, { location: 'https://169.254.169.254/' })], refused],
    ['404', [http(404, {}, page)], refused],
    ['401', [http(401, {}, page)], refused],
  ],
})

it('every webhook bears both signatures, and a body under 20 kB', async () => {
  const checked = await Promise.all(checks)
  expect(checked.length).toBeGreaterThan(20)
  expect([checked.filter(({ ok }) => !ok), faults]).toEqual([[], []])
})
