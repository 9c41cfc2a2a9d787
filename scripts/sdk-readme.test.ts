import { expect, it } from 'vitest'
import { readSource, trackedPaths } from './tree.ts'

const paths = trackedPaths().filter((path) => /^packages\/api\/examples\/[^/]+\.ts$/.test(path))

it.each(paths)('the README of the client shows %s word for word', (path) => {
  const { text } = readSource('packages/api/README.md')
  expect(text).toContain(`\`\`\`ts\n${readSource(path).text}\`\`\`\n`)
})

it('the README of the client shows no program that is not run', () => {
  const blocks = [...readSource('packages/api/README.md').text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
    ([, text]) => text,
  )
  const examples = new Set(paths.map((path) => readSource(path).text))
  expect(blocks.length).toBe(paths.length)
  expect(blocks.filter((text) => !examples.has(text!))).toEqual([])
})
