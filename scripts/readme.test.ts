import { expect, it } from 'vitest'
import { commands } from '../packages/server/src/cli/index.ts'
import { readSource } from './tree.ts'

it('the table of commands in the README is the list of commands', () => {
  const rows = [...readSource('README.md').text.matchAll(/^\| `pumpiq ([a-z-]+)` +\|/gm)].map((found) => found[1])
  expect(rows).toEqual(commands.map(({ name }) => name))
})
