import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPublicAddress } from './public-address.ts'

const inward = [
  ['this network', '0.0.0.0', '0.1.2.3', '::'],
  ['loopback', '127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1'],
  ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ['shared by a carrier', '100.64.0.1', '100.127.255.255'],
  ['link-local', '169.254.169.254', 'fe80::1', 'febf::1', 'fe80::1%eth0'],
  ['unique local', 'fc00::1', 'fd00:ec2::254', 'fec0::1'],
  ['for protocols', '192.0.0.1', '192.0.0.170', '192.88.99.1', '192.31.196.1', '192.52.193.1', '192.175.48.1'],
  ['for documents', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  ['for benchmarks', '198.18.0.1', '198.19.255.255', '2001:2::1'],
  ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  ['reserved', '240.0.0.1', '255.255.255.254', '255.255.255.255', '100::1', '4000::1', 'e000::1', '5f00::1'],
  ['IPv4 inside IPv6', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.1.2.3', '::ffff:169.254.169.254'],
  ['IPv4-compatible', '::127.0.0.1', '::7f00:1', '::8.8.8.8'],
  [
    'translated',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b:1::8.8.8.8',
    '::ffff:0:127.0.0.1',
    '::ffff:0:8.8.8.8',
  ],
  ['6to4', '2002:7f00:1::', '2002:a00:1::1', '2002:808:808::1'],
  ['Teredo and its neighbours', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:10::1', '2001:20::1'],
  ['ISATAP', '2606:4700::5efe:10.0.0.1', '2606:4700::200:5efe:192.168.0.1'],
  [
    'no plain address',
    '',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '08.8.8.8',
    '8.8.8.8.',
    ' 8.8.8.8',
    'one',
  ],
  [
    'no plain address either',
    '8.8.8',
    '8.8.8.8.8',
    '256.1.1.1',
    '8.8.8.8/8',
    '[2606:4700::1]',
    '::ffff:8.8.8',
    'fe80::1%',
  ],
] as const

describe('an address', () => {
  it.each(inward.flatMap(([what, ...texts]) => texts.map((text) => [what, text] as const)))(
    'that is %s is not public: %s',
    (_, text) => expect(isPublicAddress(text)).toBe(false),
  )

  it.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.1', '223.255.255.254'])(
    'of the public internet is public: %s',
    (text) => {
      expect(isPublicAddress(text)).toBe(true)
      for (const prefix of ['::ffff:', '64:ff9b::']) expect(isPublicAddress(`${prefix}${text}`)).toBe(true)
    },
  )

  it.each(['2606:4700:4700::1111', '2001:4860:4860::8888', '2A00:1450:4001:81b::200e', '2400:cb00:2048:1::c629:d7a2'])(
    'of the public internet is public: %s',
    (text) => expect(isPublicAddress(text)).toBe(true),
  )

  it('is as public inside IPv6 as it is alone, and never where a router of ours may lead', () => {
    const byte = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(byte, byte, byte, byte, (a, b, c, d) => {
        const text = `${a}.${b}.${c}.${d}`
        const isInward =
          [0, 10, 127].includes(a) ||
          a >= 224 ||
          (a === 169 && b === 254) ||
          (a === 172 && b >= 16 && b < 32) ||
          (a === 192 && b === 168) ||
          (a === 100 && b >= 64 && b < 128)
        if (isInward) expect(isPublicAddress(text)).toBe(false)
        expect(isPublicAddress(`::ffff:${text}`)).toBe(isPublicAddress(text))
      }),
    )
  })
})
