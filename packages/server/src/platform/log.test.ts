import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from './hash.ts'
import { createCollectedLog, redact } from './log.ts'
import { createSecret } from './secret.ts'

describe('a log', () => {
  it('keeps sentence, level and fields, those of `with` included', () => {
    const log = createCollectedLog()
    log.with({ source: 'kraken' }).warn('drift', { count: 2 })
    expect(log.entries).toEqual([{ level: 'warn', sentence: 'drift', fields: { source: 'kraken', count: 2 } }])
  })

  it('strikes out secrets by name, by shape and by type, wherever they stand', () => {
    const planted = 'hunter2hunter2'
    const error = new Error(`GET https://user:${planted}@host/x?api_key=${planted}&symbol=BTC failed`, {
      cause: { cookie: planted },
    })
    const written = JSON.stringify(
      redact({
        error,
        list: [{ apiKey: planted, api_key: planted, Authorization: `Bearer ${planted}` }],
        password: planted,
        note: `bearer ${planted}`,
        wrapped: createSecret(planted),
      }),
    )
    expect(written).not.toContain(planted)
    expect(written).toContain('symbol=BTC')
  })

  it.each(['x', 'a://', 'a://:', '?key=', 'bearer ', 'bearer\t ', ' ', 'pass'])(
    'takes no longer than a long text of %j is long',
    (part) => expect(redact({ text: part.repeat(400_000) })).toHaveProperty('text'),
    10_000,
  )

  it('leaves what is no secret: tokens are coins here', () => {
    const fields = { token: 'bitcoin:native', tokens: 12, monkey: 'x', key: null, at: 5n }
    expect(redact(fields)).toEqual({ ...fields, at: '5' })
  })

  it('survives a value that holds itself', () => {
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    expect(JSON.stringify(redact(loop))).toContain('[deeper]')
  })
})

describe('a secret', () => {
  it('prints *** in text, JSON and inspection, and tells only by reveal', () => {
    const secret = createSecret('s3cr3t')
    expect([`${secret}`, JSON.stringify({ secret }), inspect({ secret })].join()).not.toContain('s3cr3t')
    expect(secret.reveal()).toBe('s3cr3t')
  })
})

describe('the hash', () => {
  it('is SHA-256 in lower-case hex, of text as UTF-8 (FIPS 180-2, appendix B.1)', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256Hex('ä')).toBe(sha256Hex(new Uint8Array([0xc3, 0xa4])))
  })
})
