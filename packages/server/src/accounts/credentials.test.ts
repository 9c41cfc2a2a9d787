import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { cookieIn, credentialIn, signedToken } from './credentials.ts'

const name = 'pumpiq.session_token'
const cookie = `a=b; ${name}=token.signature%3D; c=d`

describe('what a request signs in with', () => {
  it.each([
    [{}, null],
    [{ cookie: 'a=b' }, null],
    [{ cookie }, { kind: 'cookie', text: 'token.signature=' }],
    [
      { 'x-api-key': 'pq_abc', cookie },
      { kind: 'key', text: 'pq_abc' },
    ],
    [
      { authorization: 'Bearer pq_abc', 'x-api-key': 'pq_def' },
      { kind: 'key', text: 'pq_abc' },
    ],
    [
      { authorization: 'bearer a.b.c', cookie },
      { kind: 'token', text: 'a.b.c' },
    ],
    [{ authorization: 'Bearer abcdef' }, { kind: 'session', text: 'abcdef' }],
    [
      { 'sec-websocket-protocol': 'pumpiq.v1, pumpiq.bearer.pq_abc', cookie },
      { kind: 'key', text: 'pq_abc' },
    ],
    [
      { 'sec-websocket-protocol': 'pumpiq.v1', cookie },
      { kind: 'cookie', text: 'token.signature=' },
    ],
  ])('is the first there is of %o', (headers, credential) => {
    expect(credentialIn(headers, name)).toEqual(credential)
  })

  it.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'Bearer ä', `Bearer ${'a'.repeat(5_000)}`, ''])(
    'is refused where it is no form of ours: %s',
    (authorization) => {
      expect(() => credentialIn({ authorization }, name)).toThrow('Authorization must be')
    },
  )

  it('is a cookie that we signed, and none that we did not', () => {
    const signature = createHmac('sha256', 'secret').update('token').digest('base64')
    expect(signedToken(`token.${signature}`, 'secret')).toBe('token')
    for (const forged of [`tokem.${signature}`, 'token.', 'token', '.', '', `token.${signature.slice(4)}`])
      expect(signedToken(forged, 'secret')).toBeNull()
    expect(signedToken(`token.${signature}`, 'another secret')).toBeNull()
    expect(cookieIn(`${name}=%E0%A4%A`, name)).toBe('')
  })
})
