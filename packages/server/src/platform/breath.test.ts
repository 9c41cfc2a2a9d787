import { describe, expect, it } from 'vitest'
import { createBreath } from './breath.ts'

describe('a breath', () => {
  it('is taken only where the loop was held for so long, and counts anew from each turn', async () => {
    let now = 0
    let turned = Promise.withResolvers<void>()
    const breathe = createBreath({ monotonic: () => now, turn: () => turned.promise, heldMs: 10 })
    expect(breathe()).toBeNull()
    now = 9.9
    expect(breathe()).toBeNull()
    now = 10
    const waited = breathe()
    expect(waited).toBeInstanceOf(Promise)
    const before = turned
    turned = Promise.withResolvers()
    before.resolve()
    await waited
    expect(breathe()).toBeNull()
    now = 19.9
    expect(breathe()).toBeNull()
    now = 20
    expect(breathe()).toBeInstanceOf(Promise)
  })
})
