import helmet from '@fastify/helmet'
import Fastify from 'fastify'

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

const ofTheAnswer = new Set(['content-type', 'content-length', 'date', 'connection', 'keep-alive'])

/**
 * What stands in every answer, found once: asking for it at each request costs more than the rest of a kept answer. Transport security is
 * the matter of whoever terminates TLS, so it is not claimed here.
 */
export async function securityHeaders(): Promise<Readonly<Record<string, string>>> {
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
  return {
    ...Object.fromEntries(found.map(([name, value]) => [name, String(value)])),
    'permissions-policy': powers.map((power) => `${power}=()`).join(', '),
  }
}
