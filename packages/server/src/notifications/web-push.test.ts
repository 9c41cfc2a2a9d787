import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSecret } from '../platform/secret.ts'
import { createVapid } from '../platform/vapid.ts'
import { webPush } from './web-push.ts'
import { http, nobodyThere, openVendor, page, type Vendor } from './fake-vendors.ts'
import { ending, sampleNotice, testNow, testChannel } from './test-channel.ts'

const { gone, refused, later } = ending

const noPost = () => Promise.reject(new Error('nothing is sent'))

const browser = createECDH('prime256v1')
browser.generateKeys()
const auth = randomBytes(16)
const vapid = createVapid({
  secret: createSecret('a secret of this installation, 40 letters'),
  subject: 'https://pumpiq.example',
})

/** RFC 8291 and 8188, the browser's half. */
function decrypted(body: Buffer): string {
  const [salt, idLength] = [body.subarray(0, 16), body[20]!]
  const sender = body.subarray(21, 21 + idLength)
  const shared = browser.computeSecret(sender)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender])
  const input = Buffer.from(hkdfSync('sha256', shared, auth, info, 32))
  const key = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: nonce\0', 12))
  const sealed = body.subarray(21 + idLength)
  const cipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8')
}

/** RFC 8292: who sends, for whom, until when. */
function checkVapid(header: string, audience: string): void {
  const [, jwt = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  const [head, claims, signature] = jwt.split('.')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x!, y: y! }, format: 'jwk' })
  const genuine = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature!, 'base64url'),
  )
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims!, 'base64url').toString()) as Record<string, unknown>
  const right =
    genuine &&
    key === vapid.publicKey &&
    aud === audience &&
    sub === vapid.subject &&
    Number(exp) * 1_000 < Date.now() + 86_400_000
  if (!right) throw new Error(`VAPID: ${JSON.stringify({ genuine, aud, exp, sub })}`)
}

const pushService: Vendor = ({ url, headers, body }) => {
  checkVapid(headers.get('authorization')!, 'https://fcm.googleapis.com')
  const topic = headers.get('topic')!
  const right =
    url.pathname === '/fcm/send/secretDevice' &&
    headers.get('ttl') === '600' &&
    headers.get('content-encoding') === 'aes128gcm'
  if (!right || !/^[\w-]{1,32}$/.test(topic)) throw new Error(`push: ${url.href} ${JSON.stringify([...headers])}`)
  if (body.length > 4_096) return { taken: null, answer: { status: 413 } }
  const { title, body: text, tag, url: link } = JSON.parse(decrypted(body)) as Record<string, string>
  return {
    taken: { seen: `${title}\n${text}\n${link}`, raw: body.toString('latin1'), key: `${tag} ${topic}` },
    answer: { status: 201 },
  }
}
const keys = { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') }
const endpoint = 'https://fcm.googleapis.com/fcm/send/secretDevice'
testChannel(webPush, {
  target: { endpoint, keys },
  secrets: ['secretDevice', keys.auth, vapid.privateKey.reveal(), 'SECRET WORDS'],
  bad: [
    ...[
      'https://evil.example/x',
      'https://fcm.googleapis.com.evil.example/x',
      'http://fcm.googleapis.com/x',
      'https://fcm.googleapis.com@evil.example/x',
      'https://127.0.0.1/x',
      'https://evilpush.apple.com/x',
      'https://x.notify.windows.com.evil.example/',
    ].map((wrong) => ({ endpoint: wrong, keys })),
    { endpoint, keys: { ...keys, auth: 'short' } },
    { endpoint, keys: { ...keys, p256dh: 'short' } },
    { endpoint },
  ],
  open: () => openVendor(pushService, vapid),
  nobody: nobodyThere(vapid),
  answers: [
    ['404', [http(404, {}, page)], gone],
    ['410', [http(410, {}, page)], gone],
    ['413', [http(413, {}, page)], refused],
    ['400', [http(400, {}, page)], refused],
    ['403', [http(403, {}, page)], refused],
    ['429', [http(429, { 'retry-after': '30' })], later(30_000)],
    ['500', [http(500, {}, page)], later()],
    ['502', [http(502)], later()],
  ],
})

describe('Web Push', () => {
  it('refuses a subscription whose key is no point of the curve', async () => {
    const p256dh = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 9)]).toString('base64url')
    const outlet = { post: noPost, mail: null, vapid, now: () => testNow }
    const sending = webPush.send({
      target: { endpoint, keys: { ...keys, p256dh } },
      notices: [sampleNotice()],
      key: 'k',
      outlet,
      abort: new AbortController().signal,
    })
    expect(await sending).toMatchObject(refused)
  })

  it('is not hidden by a cipher of the test that takes anything', () => {
    const cipher = createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12))
    const other = Buffer.concat([
      Buffer.alloc(20),
      Buffer.from([65]),
      browser.getPublicKey(),
      cipher.update('x'),
      cipher.final(),
      Buffer.alloc(16),
    ])
    expect(() => decrypted(other)).toThrow()
  })

  it('says what is missing where the installation has no address', async () => {
    const outlet = { post: noPost, mail: null, now: () => testNow }
    const message = { notices: [sampleNotice()], key: 'k', outlet, abort: new AbortController().signal }
    expect(await webPush.send({ ...message, target: { endpoint, keys } })).toMatchObject({
      ended: 'refused',
      why: expect.stringContaining('PUBLIC_URL'),
    })
  })
})
