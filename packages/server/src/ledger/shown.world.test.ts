import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyExport, type Client } from '@pumpiq/api'
import { signIn, signUp, signUpAdmin, type Person } from '../testing/every-operation-people.ts'
import { openAsking, type Asking } from '../testing/every-operation.ts'

let asking: Asking
let root: Person
let ben: Person
let carol: Person
let bensCall: string

type Body = { kind: string; id?: string; house?: boolean; body?: unknown }

async function exported(client: Client) {
  const lines: string[] = []
  for await (const line of await client.ledger.export()) lines.push(line)
  const bodies = lines.flatMap((line) => (JSON.parse(line) as { body: Body | null }).body ?? [])
  const calls = bodies.flatMap(({ kind, id }) => (kind === 'recommendation' ? [id!] : []))
  const verdict = await verifyExport(lines, { known: [await client.ledger.head()] })
  return { text: lines.join('\n'), calls, verdict }
}

beforeAll(async () => {
  asking = await openAsking((request) => fetch(request))
  root = await signUpAdmin(asking)
  await signIn(asking, root.email)
  ben = await signUp(asking, 'ben')
  carol = await signUp(asking, 'carol')
  await asking.world.until(asking.world.app.house.round())
  await ben.client.settings.change({ body: { portfolio: { quote: '31415.92' } } })
  const made = asking.world.until(ben.client.recommendations.create({ body: { token: 'BTC' } }))
  bensCall = (await made).id
}, 120_000)
afterAll(() => asking.world.close())

it('a personal call stands in the exports of its owner and of an administrator, with what it was decided from', async () => {
  for (const { client } of [ben, root]) {
    const { text, calls, verdict } = await exported(client)
    expect(calls).toContain(bensCall)
    expect(text).toContain('31415.92')
    expect(verdict).toMatchObject({ ok: true, withheld: 0, note: null })
  }
})

it('for all others it is a place in a chain that verifies, and what is of the house is told whole', async () => {
  const whole = await exported(root.client)
  for (const client of [asking.as(), carol.client]) {
    const { text, calls, verdict } = await exported(client)
    expect(calls).toEqual(whole.calls.filter((id) => id !== bensCall))
    expect(calls.length).toBeGreaterThanOrEqual(20)
    expect(text).not.toContain(bensCall)
    expect(text).not.toContain('31415.92')
    expect(verdict).toMatchObject({ ok: true, count: whole.verdict.count, head: whole.verdict.head })
    // The call and its brief at least; its evidence too, unless a house call was decided from the same.
    expect(verdict.withheld).toBeGreaterThanOrEqual(2)
    expect(verdict.withheld).toBeLessThanOrEqual(3)
    expect(verdict.note).toContain('personal records are withheld')
  }
})

it('an administrator sees no more than a user by a key that is not good for an administrator’s work', async () => {
  const keyed = async (scopes: ('read' | 'admin')[]) => {
    const { key } = await root.client.accounts.createApiKey({ body: { name: scopes.join(), scopes } })
    return exported(asking.as({ apiKey: key }))
  }
  expect((await keyed(['read'])).calls).not.toContain(bensCall)
  expect((await keyed(['read', 'admin'])).calls).toContain(bensCall)
})

it('what is told to somebody is kept by no cache between', async () => {
  const control = async (headers: Record<string, string>) =>
    (await asking.raw('/api/v1/ledger/export', { headers })).headers.get('cache-control')
  expect(await control({ authorization: `Bearer ${ben.sessionToken}` })).toBe('private, no-store')
  expect(await control({})).toBe('no-cache')
})
