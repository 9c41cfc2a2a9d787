import { expect, it } from 'vitest'
import { roles } from '../packages/server/src/platform/roles.ts'
import { readSource } from './tree.ts'

it.each(['deploy/Procfile', 'deploy/compose.yaml'])('every role is somebody’s in %s', (file) => {
  const words = new Set(readSource(file).text.split(/[\s'",[\]]+/))
  expect(roles.filter((role) => !words.has(role))).toEqual([])
})
