import { minutes, seconds } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { createSecret } from '../platform/secret.ts'
import { createLeapingClock } from '../testing/test-source.ts'
import type { Asked, KeyPlace } from './asked.ts'
import { createBearer } from './bearer.ts'
import { mishapOf } from './mishap.ts'

const abort = new AbortController().signal

/** A bearer over a vendor that answers so, and what it was sent. */
function world(place: KeyPlace, key: string, answer: () => Response) {
  const sent: { url: string; headers: Headers; body: string }[] = []
  const source: Asked = { id: 'a-source', budget: { calls: 1, perMs: 1 }, key: { ...place, required: true } }
  const clock = createLeapingClock(0)
  const bearer = createBearer({
    source,
    key: createSecret(key),
    clock,
    userAgent: 'PumpIQ/0',
    fetch: async (request) => {
      sent.push({ url: request.url, headers: request.headers, body: await request.text() })
      return answer()
    },
  })
  return { bearer, clock, sent }
}

const tokenUrl = 'https://vendor.example/token'
const sessionUrl = 'https://vendor.example/session'

it('asks for a token by client credentials and keeps it until shortly before it ends', async () => {
  const answer = () => Response.json({ access_token: 'a-token', expires_in: 3_600 })
  const { bearer, clock, sent } = world({ tokenUrl }, 'an-id:a-secret', answer)
  expect(await bearer(abort)).toBe('a-token')
  expect(sent[0]).toMatchObject({ url: tokenUrl, body: 'grant_type=client_credentials' })
  expect(sent[0]?.headers.get('authorization')).toBe(`Basic ${btoa('an-id:a-secret')}`)
  await clock.sleep(seconds(3_500))
  await bearer(abort)
  expect(sent).toHaveLength(1)
  await clock.sleep(minutes(1))
  await bearer(abort)
  expect(sent).toHaveLength(2)
})

it('logs in with what stands before and behind the last colon', async () => {
  const { bearer, clock, sent } = world({ sessionUrl }, 'did:plc:abc:a-secret', () => Response.json({ accessJwt: 'b' }))
  expect(await bearer(abort)).toBe('b')
  expect([sent[0]?.url, JSON.parse(sent[0]!.body)]).toEqual([
    sessionUrl,
    { identifier: 'did:plc:abc', password: 'a-secret' },
  ])
  await clock.sleep(minutes(98))
  await bearer(abort)
  expect(sent).toHaveLength(1)
  await clock.sleep(minutes(2))
  await bearer(abort)
  expect(sent).toHaveLength(2)
})

it.each<[string, KeyPlace, string, () => Response]>([
  ['a key that is no pair', { sessionUrl }, 'a-secret', () => Response.json({ accessJwt: 'b' })],
  ['a refusal', { sessionUrl }, 'a:a-secret', () => Response.json({ error: 'a-secret' }, { status: 401 })],
  ['another shape', { tokenUrl }, 'a:a-secret', () => Response.json({ accessJwt: 'a-secret' })],
])('fails on %s by name and without the secret', async (_, place, key, answer) => {
  const thrown = await world(place, key, answer)
    .bearer(abort)
    .catch((caught: unknown) => caught)
  expect(mishapOf(thrown)).toBe('refused')
  expect(String(thrown)).not.toContain('a-secret')
})
