import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDecider, houseProfile, judge, weightsOf, type Plan, type Profile } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { adviseRecorded } from './advise-recorded.ts'
import { backtest } from './backtest.ts'
import { readCandleFile } from './candle-files.ts'
import { toRow } from './row.ts'
import { candleText, madeUpCandles } from './testing.ts'

const hour = 3_600_000
const profile: Profile = { ...houseProfile, mode: 'technical-only', weights: weightsOf('technical-only') }

it('a call of a backtest is the call that the documents make of the same file at the same instant', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'same-')), 'SAME_1h.csv')
  const whole = madeUpCandles({ seed: 21, length: 1_400 })
  const { openAt } = whole
  // A short hole, which makes a call abstain, and a halt, behind which everything begins anew.
  const gone = (at: number) => (at >= openAt[490]! && at < openAt[500]!) || (at >= openAt[900]! && at < openAt[940]!)
  await writeFile(
    path,
    candleText(whole, (row) => (gone(row[0]!) ? null : row)),
  )
  const candles = await readCandleFile(path)
  const types = new Set<string>()
  for (let i = 100; i < 1_400; i += 36) {
    const at = openAt[0]! + i * hour
    const run = { profile, everyMs: hour, from: at, to: at, lagMs: 0 }
    const follow = (plan: Plan) => judge(plan, candles, { costs: profile.costs })
    const [decided] = backtest({ candles, finer: null }, run, { createDecider, judge: follow })
    const halted = i >= 924 && i < 941
    expect(decided === undefined, `instant ${i}`).toBe(halted)
    if (!decided) continue
    const {
      type,
      abstained,
      issuedAt,
      entry,
      targets,
      stopLoss,
      band,
      confidence,
      breakEven,
      expectedR,
      riskReward,
      score,
    } = await adviseRecorded({ token: 'file:SAME', path, profile, at, version: 'test' })
    types.add(abstained ?? type)
    const row = toRow({ ...decided, ending: null }, 'file:SAME', 'SWING')
    const compared = abstained === null ? { score } : {}
    expect(row, `instant ${i}`).toMatchObject({
      type,
      abstained,
      issuedAt,
      entry,
      targets,
      stopLoss,
      band,
      confidence,
      breakEven,
      expectedR,
      riskReward,
      ...compared,
    })
  }
  expect([...types]).toEqual(
    expect.arrayContaining(['BUY', 'SELL', 'HOLD', 'the newest candle is too old to decide on']),
  )
})
