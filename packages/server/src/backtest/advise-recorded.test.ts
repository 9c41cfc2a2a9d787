import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { houseProfile, hybridWeights, minutes, weightsOf, type Profile, type Recommendation } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { adviseRecorded } from './advise-recorded.ts'
import { candleText, madeUpCandles } from './testing.ts'

const profile: Profile = {
  ...houseProfile,
  timeframe: 'DAY_TRADE',
  mode: 'technical-only',
  weights: weightsOf('technical-only'),
}
const folder = await mkdtemp(join(tmpdir(), 'recorded-'))

/** The calls with a side of a made-up market that begins then, one every eight hours. */
async function sidesFrom(startAt: number, own: Profile = profile): Promise<Recommendation[]> {
  const candles = madeUpCandles({ seed: 9, length: 900, intervalMs: minutes(15), startAt })
  const path = join(folder, 'MADE_15m.csv')
  await writeFile(path, candleText(candles))
  const found: Recommendation[] = []
  for (let i = 300; i < 900; i += 32) {
    const at = candles.openAt[i]!
    const made = await adviseRecorded({ token: 'file:MADE', path, profile: own, at, version: 'test' })
    if (made.type === 'BUY' || made.type === 'SELL') found.push(made)
  }
  expect(found.length).toBeGreaterThan(3)
  return found
}

it('a recorded decision behind the period of the shipped fit has a measured confidence', async () => {
  const made = await sidesFrom(Date.UTC(2024, 0, 1))
  const measured = made.filter(({ confidence }) => confidence!.method === 'backtest')
  expect(measured.length).toBeGreaterThan(made.length / 2)
  for (const { confidence, actionable, warnings } of measured) {
    expect(confidence).toMatchObject({ below: { method: 'prior' } })
    expect(confidence!.low).toBeLessThan(confidence!.measured)
    expect(actionable.why).toMatch(/measured edge/)
    expect(warnings.join()).not.toMatch(/confidence is the prior/)
  }
})

it('one from inside the period keeps the prior and says why: no look-ahead', async () => {
  for (const { confidence, warnings } of await sidesFrom(Date.UTC(2023, 2, 1))) {
    expect(confidence).toMatchObject({ method: 'prior' })
    expect(warnings).toContain(
      'confidence is the prior: what frequency was measured rests on later closes than this instant',
    )
  }
})

it('a fit on candles alone is not stretched over a hybrid score', async () => {
  const hybrid: Profile = { ...profile, mode: 'hybrid', weights: hybridWeights, riskTolerance: 'aggressive' }
  for (const { confidence, warnings } of await sidesFrom(Date.UTC(2024, 0, 1), hybrid)) {
    expect(confidence).toMatchObject({ method: 'prior' })
    expect(warnings.join()).toMatch(
      /no frequency is measured yet for calls of this timeframe and these weights from technical/,
    )
  }
})
