import { describe, expect, it } from 'vitest'
import { checkWebhook, type WebhookCheck } from './webhook.ts'

const now = Date.UTC(2026, 10, 22, 10, 0, 0)
const secretOf = (bytes: Uint8Array) => `whsec_${btoa(String.fromCharCode(...bytes))}`
const secret = secretOf(new Uint8Array(32).fill(7))
const next = secretOf(new Uint8Array(24).fill(8))

/** As a sender makes it; that it agrees with another maker shows where the channel is tested. */
async function sign(key: string, text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(key.slice('whsec_'.length)), (character) => character.charCodeAt(0))
  const mac = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', mac, new TextEncoder().encode(text))
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`
}

type Sent = { body: string; headers: Record<string, string> }

async function sent(more: { body?: string; id?: string; at?: number; keys?: readonly string[] } = {}): Promise<Sent> {
  const { body = '{"type":"test","ü":1}', id = 'msg-1', at = now, keys = [secret] } = more
  const time = String(Math.floor(at / 1_000))
  const signatures = await Promise.all(keys.map((key) => sign(key, `${id}.${time}.${body}`)))
  return {
    body,
    headers: { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures.join(' ') },
  }
}
const check = ({ body, headers }: Sent, more: Partial<WebhookCheck> = {}) =>
  checkWebhook({ body, header: (name) => headers[name], secrets: [secret], now, ...more })
const faultOf = async (...input: Parameters<typeof check>) => {
  const checked = await check(...input)
  return checked.ok ? 'genuine' : checked.fault
}

/** The store of a receiver: ids it has taken. */
const memory = () => {
  const known = new Set<string>()
  return (id: string) => known.has(id) || (known.add(id), false)
}

describe('a delivery', () => {
  it('is genuine when it is signed, fresh and new, as text and as bytes', async () => {
    const delivery = await sent()
    expect(await check(delivery)).toEqual({ ok: true, id: 'msg-1', body: delivery.body })
    expect(await faultOf(delivery, { body: new TextEncoder().encode(delivery.body) })).toBe('genuine')
  })

  it('is genuine under either of two secrets, on both sides of a change', async () => {
    expect(await faultOf(await sent({ keys: [next, secret] }))).toBe('genuine')
    expect(await faultOf(await sent({ keys: [next] }), { secrets: [secret, next] })).toBe('genuine')
    expect(await faultOf(await sent({ keys: [next] }))).toBe('forged')
  })

  it('is refused with any one byte of it altered: 100 of 100', async () => {
    const { body, headers } = await sent({ body: `{"a":"${'x'.repeat(90)}"}` })
    let refused = 0
    for (let at = 0; at < 98; at++) {
      const altered = `${body.slice(0, at)}${body[at] === 'y' ? 'z' : 'y'}${body.slice(at + 1)}`
      refused += Number((await faultOf({ body: altered, headers })) === 'forged')
    }
    refused += Number((await faultOf({ body, headers: { ...headers, 'webhook-id': 'msg-2' } })) === 'forged')
    const later = String(Number(headers['webhook-timestamp']) + 1)
    refused += Number((await faultOf({ body, headers: { ...headers, 'webhook-timestamp': later } })) === 'forged')
    expect(refused).toBe(100)
  })

  it('is refused with a signature that is another, none or of another kind', async () => {
    const { body, headers } = await sent()
    const right = headers['webhook-signature']!
    for (const signature of [
      'v1,',
      'v1,AAAA',
      'v1,%%%',
      right.slice(3),
      right.replace('v1,', 'v1a,'),
      right.slice(0, -4),
      `${right}AAAA`,
      'v2,x v1',
      ' ',
    ]) {
      expect([signature, await faultOf({ body, headers: { ...headers, 'webhook-signature': signature } })]).toEqual([
        signature,
        'forged',
      ])
    }
    expect(await faultOf({ body, headers: { ...headers, 'webhook-signature': `v1,AAAA v9,x ${right}` } })).toBe(
      'genuine',
    )
  })

  it('is refused when it is older or newer than five minutes', async () => {
    expect(await faultOf(await sent({ at: now - 300_000 }))).toBe('genuine')
    expect(await faultOf(await sent({ at: now + 300_000 }))).toBe('genuine')
    for (const at of [now - 301_000, now + 301_000, 0, now - 86_400_000])
      expect(await faultOf(await sent({ at }))).toBe('old')
  })

  it('is refused when it is played again, within the tolerance by its id and later by its time', async () => {
    const seen = memory()
    const delivery = await sent()
    expect(await faultOf(delivery, { seen })).toBe('genuine')
    for (let turn = 0; turn < 100; turn++)
      expect(await faultOf(delivery, { seen, now: now + turn * 3_000 })).toBe('repeated')
    expect(await faultOf(delivery, { seen, now: now + 301_000 })).toBe('old')
    expect(await faultOf(await sent({ id: 'msg-2' }), { seen })).toBe('genuine')
  })

  it('that is forged does not use up an id, and an id is kept for a day', async () => {
    const asked: [string, number][] = []
    const seen = (id: string, untilAt: number) => (asked.push([id, untilAt]), false)
    await check({ ...(await sent()), body: '{}' }, { seen })
    expect(asked).toEqual([])
    await check(await sent(), { seen })
    expect(asked).toEqual([['msg-1', now + 86_400_000]])
  })

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('is refused without %s', async (name) => {
    const { body, headers } = await sent()
    expect(await faultOf({ body, headers: { ...headers, [name]: '' } })).toBe('unsigned')
  })

  it.each(['soon', '-5', '1e9', '1.5', ' 1', '99999999999999'])('is refused with the time %j', async (time) => {
    const { body, headers } = await sent()
    expect(await faultOf({ body, headers: { ...headers, 'webhook-timestamp': time } })).toBe('unsigned')
  })

  it('is not checked with a secret that is none', async () => {
    for (const text of ['', 'whsec_', 'whsec_AAAA', 'secret', 'whsec_%%%'])
      await expect(check(await sent(), { secrets: [text] })).rejects.toThrow('whsec_')
    expect(await faultOf(await sent(), { secrets: [] })).toBe('forged')
  })
})
