import { isFailure } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toUpstream } from './upstream.ts'

describe('the upstream rule', () => {
  it.each([
    ['https://api.kraken.com/0/public/Time', null, 'https://api.kraken.com/0/public/Time'],
    [
      'https://api.kraken.com/0/public/Time',
      'http://127.0.0.1:9000',
      'http://127.0.0.1:9000/api.kraken.com/0/public/Time',
    ],
    ['https://h.example/p?a=1&b=%5B%22x%22%5D', 'http://u:1/', 'http://u:1/h.example/p?a=1&b=%5B%22x%22%5D'],
    ['https://h.example:8443/p', 'http://u/base/path/', 'http://u/base/path/h.example:8443/p'],
    ['https://h.example', 'https://u.example/x', 'https://u.example/x/h.example/'],
    ['wss://h.example:9443/ws/a', 'http://u:1', 'ws://u:1/h.example:9443/ws/a'],
    ['wss://h.example/ws', 'https://u.example', 'wss://u.example/h.example/ws'],
    ['http://127.0.0.1:11434/v1/chat', 'http://u:1', 'http://127.0.0.1:11434/v1/chat'],
    ['https://h.example/p?q=1#part', 'http://u:1', 'http://u:1/h.example/p?q=1'],
    ['https://name:word@h.example/p', 'http://u:1', 'http://u:1/h.example/p'],
  ])('sends %s through %s to %s', (url, upstream, expected) => {
    expect(toUpstream(url, upstream)).toBe(expected)
  })

  it('keeps host, path and query of any request and never leaves the upstream', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, validSchemes: ['https'] }), (url) => {
        const original = new URL(url)
        const rewritten = new URL(toUpstream(url, 'http://127.0.0.1:9000/via'))
        expect(rewritten.host).toBe('127.0.0.1:9000')
        expect(rewritten.pathname).toBe(`/via/${original.host}${original.pathname}`)
        expect(rewritten.search).toBe(original.search)
      }),
    )
  })

  it('refuses what is no address', () => {
    for (const [url, upstream] of [
      ['nowhere', 'http://u:1'],
      ['https://h.example/', 'nowhere'],
      ['https://h.example/', 'ftp://u'],
    ] as const) {
      expect(() => toUpstream(url, upstream)).toThrow(expect.toSatisfy((e) => isFailure(e) && e.code === 'invalid'))
    }
  })
})
