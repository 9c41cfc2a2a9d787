import { describe, expect, it } from 'vitest'
import type { Evidence } from '../dossier/dossier.ts'
import { sampleBrief, sampleRecording } from '../testing/sample-brief.ts'
import { walk } from '../testing/walk.ts'
import { houseProfile } from '../words/profile.ts'
import type { Story } from '../words/story.ts'
import { toIso } from '../words/time.ts'
import type { Brief } from './brief.ts'
import { promptFor } from './prompt.ts'
import { rules } from './rules.ts'

const candles = walk({ seed: 5, bars: 500, drift: 0.002 })
const end = candles.openAt[499]! + candles.intervalMs
const story = (over: Partial<Story> = {}): Story => ({
  id: 'x:1',
  at: toIso(end - 3_600_000),
  publishedAt: toIso(end - 7_200_000),
  quote: 'Someone wrote this',
  url: 'https://example.com/story',
  publishers: ['example.com'],
  documents: 3,
  tellers: 2,
  trust: 0.8,
  relevance: 0.9,
  event: 'listing',
  sentiment: 0.613,
  magnitude: 0.7,
  flags: ['promo'],
  ...over,
})
const evidence = (over: Partial<Evidence> = {}): Evidence =>
  sampleRecording(candles, {
    gaps: [{ kind: 'onchain', source: 'nansen', reason: 'a vendor said <b>this</b>', at: toIso(end - 1) }],
    gathered: { figures: [], earlier: [], hazards: [], stories: [story()], crowd: null, pump: null },
    ...over,
  })
const briefOf = (given: Evidence, at = end, over: Partial<Brief> = {}): Brief =>
  sampleBrief(given, at, { profile: houseProfile, ...over })
const promptOf = (brief: Brief) => promptFor(brief, rules(brief))

describe('the prompt of the analyst', () => {
  it('holds numbers and enumerations of every part of the dossier, and no word of anybody else', () => {
    const { instructions, prompt } = promptOf(briefOf(evidence()))
    for (const part of ['TOKEN', 'PROFILE', 'CALL', 'KINDS', 'READINGS', 'EVENTS', 'SAFETY', 'GAPS'])
      expect(prompt).toContain(part)
    expect(prompt).toContain(
      'listing: sentiment 0.61, magnitude 0.7, trust 0.8, relevance 0.9, tellers 2, age 2 h, flags promo',
    )
    expect(prompt).toMatch(/- tech\.rsi14 \| technical \| .* \| -?[0-9.]+ .* \| -?[0-9.]+ \| -?[0-9.e-]+/)
    for (const foreign of ['Someone wrote', 'example.com', 'nansen', 'vendor said', 'Bitcoin', 'BTC'])
      expect(`${instructions}${prompt}`).not.toContain(foreign)
  })

  it('is the same for the same facts: neither the instant, nor the id of the last call, nor the order of readings is in it', () => {
    const brief = briefOf(evidence({ gathered: null }))
    const past = { type: 'HOLD' as const, issuedAt: toIso(end - 1), score: 0.1, contributions: {} }
    const one = promptOf({ ...brief, previous: { id: '01900000-0000-7000-8000-000000000001', ...past } })
    const later = briefOf(evidence({ gathered: null }), end + 60_000)
    const other = promptOf({
      ...later,
      dossier: { ...later.dossier, readings: later.dossier.readings.toReversed() },
      previous: { id: '01900000-0000-7000-8000-000000000002', ...past },
    })
    expect(other).toEqual(one)
  })

  it('holds the readings that say most, and no endless list', () => {
    const brief = briefOf(evidence())
    const { prompt } = promptOf(brief)
    const many = Array.from({ length: 90 }, (_, i) => ({ ...brief.dossier.readings[0]!, id: `zz.filler${i}` }))
    const longer = promptOf({ ...brief, dossier: { ...brief.dossier, readings: [...many, ...brief.dossier.readings] } })
    const idsIn = (text: string) =>
      [...text.matchAll(/^- ([a-z]+\.[a-z0-9-]+) \| .*\| -?[0-9.e-]+$/gm)].map(([, id]) => id)
    expect(longer.prompt.match(/^- [a-z]+\.[a-z0-9-]+ \|/gm)).toHaveLength(48)
    expect(idsIn(longer.prompt).filter((id) => !id!.startsWith('zz.'))).toEqual(idsIn(prompt))
  })

  it('tells the age of a story in whole hours that are over', () => {
    const told = story({ publishedAt: toIso(end - 7_200_000 - 3_000_000) })
    const gathered = { ...evidence().gathered!, stories: [told] }
    expect(promptOf(briefOf(evidence({ gathered }))).prompt).toContain('age 2 h')
  })

  it('changes when a reading, the profile or an event changes', () => {
    const { prompt } = promptOf(briefOf(evidence()))
    const bold = briefOf(evidence(), end, { profile: { ...houseProfile, riskTolerance: 'aggressive' } })
    expect(promptOf(bold).prompt).not.toBe(prompt)
    const hacked = evidence({
      gathered: { ...evidence().gathered!, stories: [story({ event: 'hack', sentiment: -0.9 })] },
    })
    expect(promptOf(briefOf(hacked)).prompt).not.toBe(prompt)
    expect(promptOf(briefOf(evidence({ candles: walk({ seed: 6, bars: 500 }) }))).prompt).not.toBe(prompt)
  })
})
