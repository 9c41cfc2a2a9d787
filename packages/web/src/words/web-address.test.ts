import { expect, it } from 'vitest'
import { webAddress } from './web-address.ts'

it('a web page is named by its host and path as the browser will ask for it', () => {
  expect(webAddress('https://News.Example/a/1?b=2#c')).toEqual({
    href: 'https://news.example/a/1?b=2#c',
    text: 'news.example/a/1?b=2',
  })
  expect(webAddress('http://news.example/')).toEqual({ href: 'http://news.example/', text: 'news.example' })
})

it('a name in look-alike letters shows what it is', () => {
  expect(webAddress('https://n\u0435ws.example/')?.text).toBe('xn--nws-rdd.example')
})

it('a name before the host is not shown as the host', () => {
  expect(webAddress('https://bank.example@evil.example/')?.text).toBe('evil.example')
})

it.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'ftp://a.example',
  '//a.example',
  'https://',
  '/x',
])('%s leads nowhere', (url) => {
  expect(webAddress(url)).toBeNull()
})
