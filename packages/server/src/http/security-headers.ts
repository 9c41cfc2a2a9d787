import helmet from '@fastify/helmet'
import Fastify, { type FastifyReply } from 'fastify'

const own = ["'self'"]
const none = ["'none'"]

/** Nothing from elsewhere, nothing inline. */
const policy = {
  defaultSrc: none,
  scriptSrc: own,
  styleSrc: own,
  imgSrc: [...own, 'data:'],
  connectSrc: own,
  fontSrc: own,
  manifestSrc: own,
  baseUri: none,
  formAction: own,
  frameAncestors: none,
  objectSrc: none,
}

/** Devices and powers that no page of ours asks for. */
const powers = ['camera', 'display-capture', 'geolocation', 'hid', 'microphone', 'midi', 'payment', 'serial', 'usb']

/** What only old browsers heed, and only of pages. */
const ofOldPages = new Set([
  'origin-agent-cluster',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
])

const ofTheAnswer = new Set(['content-type', 'content-length', 'date', 'connection', 'keep-alive'])

/**
 * What stands in every answer, found once: asking for it at each request costs more than the rest of a kept answer. Transport security is
 * the matter of whoever terminates TLS, so it is not claimed here.
 */
export async function securityHeaders(): Promise<{ ofPages: ConstantHeaders; ofAnswers: ConstantHeaders }> {
  const probe = Fastify()
  await probe.register(helmet, {
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    contentSecurityPolicy: { useDefaults: false, directives: policy },
  })
  probe.get('/', () => '')
  const { headers } = await probe.inject('/')
  await probe.close()
  const found = Object.entries(headers).filter(([name]) => !ofTheAnswer.has(name))
  const all = (entries: typeof found): ConstantHeaders => ({
    ...Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
    'permissions-policy': powers.map((power) => `${power}=()`).join(', '),
  })
  return {
    ofPages: all(found),
    // A document of data loads nothing and runs nothing, wherever it is shown.
    ofAnswers: {
      ...all(found.filter(([name]) => !ofOldPages.has(name))),
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    },
  }
}

export type ConstantHeaders = Readonly<Record<string, string>>

let place: symbol | null | undefined

/** Sets headers of an answer all at once; one by one they cost more than all else of a kept answer. Their names are in lower case. */
export function setHeaders(reply: FastifyReply, headers: ConstantHeaders): void {
  place ??=
    Object.getOwnPropertySymbols(reply).find(({ description }) => description === 'fastify.reply.headers') ?? null
  if (place === null) reply.headers(headers)
  else Object.assign((reply as unknown as Record<symbol, object>)[place]!, headers)
}
