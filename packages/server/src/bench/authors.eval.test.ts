import { join } from 'node:path'
import { botScore, days } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { areaUnderCurve, type EvaluationRow, readEvaluationRows, scoresFrom } from '../testing/evaluation-rows.ts'

const folder = process.env['EVALUATION_DIR']

/** Of a handle the set tells its length and whether it has a digit. */
const handleLike = (row: EvaluationRow): string =>
  'a'.repeat(Math.max(1, Number(row['length of screen name']) - 1)) + row['presence of digits in screen name']!

const profileOf = (row: EvaluationRow) => {
  const count = (field: string) => Number(row[`number of ${field}`])
  const has = (field: string) => row[field] === '1'
  return {
    handle: handleLike(row).replace(/0$/, 'a'),
    ageMs: days(count('days between account creation and account labelling')),
    followers: count('followers'),
    friends: count('friends'),
    listed: count('listed'),
    favourites: count('favourites'),
    statuses: count('statuses'),
    isVerified: has('verified account'),
    hasBanner: has('presence of banner'),
    hasUrl: has('presence of url'),
    hasDefaultProfile: has('presence of default profile'),
    hasDefaultImage: has('presence of default profile image'),
    descriptionWords: count('words in description'),
  }
}

describe.skipIf(!folder)('bots among accounts that speak of stocks (skipped without EVALUATION_DIR)', () => {
  it('are told from people by their profile', async () => {
    const rows = await readEvaluationRows(join(folder!, 'data/social/cresci_stock_2018_users/users.csv.gz'))
    const bots = rows.map((row) => row['bot'] === '1')
    const scored = rows.map((row, i) => ({ score: botScore(profileOf(row)), isBad: bots[i]! }))
    const singles = Object.keys(rows[0]!)
      .filter((field) => field !== 'bot' && field !== 'language')
      .map((field) => {
        const area = areaUnderCurve(rows.map((row, i) => ({ score: Number(row[field]), isBad: bots[i]! })))
        return { field, area: Math.max(area, 1 - area) }
      })
      .toSorted((a, b) => b.area - a.area)
    const area = areaUnderCurve(scored)
    console.table([{ field: 'botScore', area }, ...singles.slice(0, 3)])
    console.table(scoresFrom(scored, 0.5))
    expect(rows).toHaveLength(7329)
    // The goal is the best single feature, 0.716; rules that were set by hand stop short of it.
    expect(area).toBeGreaterThan(0.7)
  })
})
