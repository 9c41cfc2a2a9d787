import { describe, expect, it } from 'vitest'
import { docFaults } from './check-docs.ts'

const tree = {
  exists: (path: string) => ['README.md', 'docs/adr/0001-x.md', 'packages/server/src/main.ts', 'docs'].includes(path),
  read: (path: string) => (path === 'README.md' ? '# One two\n```\n# not a heading\n```\n## `A` & b!\n' : ''),
}
const faultsOf = (text: string, path = 'README.md') =>
  docFaults([{ path, text }], tree).map(({ line, what }) => `${line}: ${what}`)

describe('the check of documents', () => {
  it('lets pass what is there, the web, patterns and headings', () => {
    const text = [
      '[a](docs/adr/0001-x.md) [b](https://example.org/docs/none) [c](#one-two) [d](README.md#a--b)',
      'see `packages/server/src/main.ts`, docs/ and packages/*/src/x.ts, packages/<name>/package.json, a/docs/b',
    ].join('\n')
    expect(faultsOf(text)).toEqual([])
    expect(faultsOf('[up](../../README.md#one-two)', 'docs/adr/0001-x.md')).toEqual([])
  })

  it.each([
    ['x\n[gone](docs/gone.md)', '2: links to docs/gone.md, which is not there'],
    ['[up](../README.md)', '1: links to ../README.md, which is not there'],
    ['[a](#not-a-heading)', '1: links to #not-a-heading, a heading that is not there'],
    ['the file `packages/server/src/gone.ts` does it', '1: names packages/server/src/gone.ts, which is not there'],
    ['kept in /home/anna/pumpiq', '1: names /home/anna/pumpiq, a path of one machine'],
  ])('finds %j', (text, fault) => {
    expect(faultsOf(text)).toContain(fault)
  })
})
