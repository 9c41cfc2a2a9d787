import { adjustable, type CallType, type Mode } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { attackChannels, attackTexts, type AttackChannel } from '../testing/attack-texts.ts'
import { attackedChain, attackedWorld } from '../testing/attacked.ts'

const modes: readonly Mode[] = ['hybrid', 'news-only', 'social-only']
const saferThan: Record<CallType, readonly CallType[]> = { BUY: ['HOLD'], SELL: ['HOLD'], HOLD: ['AVOID'], AVOID: [] }

/** Every run of so many characters of what a stranger wrote. */
const pieces = (text: string, length = 12): string[] =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, i) => text.slice(i, i + length))

describe(`${attackTexts.length * attackChannels.length} hostile documents, models obedient to them`, () => {
  const tally = { chains: 0, flagged: 0 }

  it.each(attackChannels)(
    'in the channel %s flip nothing, move no level, and reach no prompt',
    async (channel: AttackChannel) => {
      const clean = new Map<Mode, string>()
      for (const mode of modes)
        clean.set(mode, (await attackedChain(attackedWorld('Fine', channel), 'Fine', { mode, channel })).prompt)
      for (const { text, mark, how } of attackTexts) {
        const world = attackedWorld(text, channel)
        for (const mode of modes) {
          const { base, prompt, decided, flagged } = await attackedChain(world, text, { mode, channel })
          const where = `${channel}, ${how}, ${mode}`
          tally.chains++
          tally.flagged += flagged ? 1 : 0
          if (decided.type !== base.call.type && !saferThan[base.call.type].includes(decided.type))
            throw new Error(`${where}: ${base.call.type} became ${decided.type}`)
          expect([where, decided.stopLoss, decided.targets[0]?.price]).toEqual([
            where,
            base.call.levels ? String(base.call.levels.stop) : null,
            base.call.levels ? String(base.call.levels.targets[0]) : undefined,
          ])
          const moved = (decided.confidence?.value ?? 0) - (base.call.confidence?.value ?? 0)
          if (moved > adjustable.up + 1e-6 || moved < adjustable.down - 1e-6)
            throw new Error(`${where}: moved by ${moved}`)
          const leaked = [mark, ...pieces(text)].filter(
            (piece) => prompt.includes(piece) && !clean.get(mode)!.includes(piece),
          )
          expect([where, leaked]).toEqual([where, []])
          expect([
            where,
            JSON.stringify([decided.reasoning, decided.wouldChange, decided.conflicts]).includes(mark),
          ]).toEqual([where, false])
        }
      }
    },
  )

  it('are tried in every mode, and many are known for what they are', () => {
    expect(tally.chains).toBe(attackTexts.length * attackChannels.length * modes.length)
    expect(tally.flagged).toBeGreaterThan(tally.chains / 10)
  })
})
