import { expect, it } from 'vitest'
import { tokenPath } from './paths.tsx'

it.each(['bitcoin:native', 'solana:So11111111111111111111111111111111111111112', 'near-protocol:wrap.near'])(
  'the path of %s holds it as one segment',
  (id) => {
    const [, place, segment, ...more] = tokenPath(id).split('/')
    expect([place, decodeURIComponent(segment ?? ''), more]).toEqual(['tokens', id, []])
  },
)
