import { expect, it } from 'vitest'
import { routeOf, tokenPath } from './route.tsx'

it.each(['bitcoin:native', 'solana:So11111111111111111111111111111111111111112', 'near-protocol:wrap.near'])(
  'the path of %s leads to its page, and never ends like the name of a file',
  (id) => {
    expect(routeOf(tokenPath(id))).toEqual({ page: 'token', id })
    expect(tokenPath(id)).not.toMatch(/\.[^/]*$/)
  },
)

it('the sources have a page', () => {
  expect(routeOf('/sources')).toEqual({ page: 'sources' })
  expect(routeOf('/sources/')).toEqual({ page: 'sources' })
})

it.each(['/tokens/', '/tokens/%E0%A4%A', '/tokens/a/b', '/sources/x'])('%s is no page', (path) => {
  expect(routeOf(path)).toEqual({ page: 'nowhere', path })
})
