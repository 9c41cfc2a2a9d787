import { blankCandles, callFor, houseProfile, type Candles } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { createLibrary } from './library.ts'
import { planOf } from './plan.ts'
import { replay, type Moment } from './replay.ts'
import { madeUpFolder, madeUpPlan, writeFolder, type MadeUpFolder } from './testing.ts'
import { days, hours } from '@pumpiq/domain'

const cutAt = Date.UTC(2023, 0, 31, 10)
const plan = planOf(madeUpPlan, 'made-up')

/** All that was decided on up to the cut, as text; and what was known at its last instant. */
async function decidedUntilCut(made: MadeUpFolder): Promise<{ text: string; last: Moment; moments: number }> {
  const window = plan.windows[0]!
  const shelf = await createLibrary(await writeFolder(made), plan).shelfFor(window)
  const moments: Moment[] = []
  for await (const moment of replay(window, shelf)) {
    if (moment.at > cutAt) break
    moments.push(moment)
  }
  const seen = moments.map(({ at, dossier, headline }) => {
    const brief = {
      house: false,
      profile: houseProfile,
      previous: null,
      calibration: null,
      evidenceHash: null,
      engineVersion: 'test',
    }
    return [at, dossier, headline, callFor({ ...brief, dossier })]
  })
  return { text: JSON.stringify(seen), last: moments.at(-1)!, moments: moments.length }
}

/** Bars that had not closed at the cut, changed or gone. */
function withCandles(made: MadeUpFolder, change: 'cut' | 'tenfold'): MadeUpFolder {
  const { candles } = made
  const known = candles.openAt.findIndex((openAt) => openAt + hours(1) > cutAt)
  // One bar must stay beyond the cut so that later instants have something to look at.
  const length = change === 'cut' ? known : candles.length
  const altered: Candles = blankCandles(candles.id, candles.intervalMs, length)
  for (const column of ['openAt', 'open', 'high', 'low', 'close', 'volume'] as const)
    for (let i = 0; i < length; i++)
      altered[column][i] = candles[column][i]! * (i >= known && column !== 'openAt' ? 10 : 1)
  return { ...made, candles: altered }
}

const later = 'Madecoin loses everything in a hack and is delisted everywhere'

/** Each kind of evidence, changed only where it arrived behind the cut, and where it must show once it is changed before. */
const futures: Readonly<Record<string, (made: MadeUpFolder, behind: number) => MadeUpFolder>> = {
  'candles cut': (made) => withCandles(made, 'cut'),
  'candles tenfold': (made) => withCandles(made, 'tenfold'),
  'news altered': (made, behind) => ({
    ...made,
    news: made.news.map((one) => (one.at + hours(1) > behind ? { ...one, title: later, text: later } : one)),
  }),
  'news cut': (made, behind) => ({ ...made, news: made.news.filter((one) => one.at + hours(1) <= behind) }),
  'posts altered': (made, behind) => ({
    ...made,
    posts: made.posts.map((one) => (one.at > behind ? { ...one, text: later, by: 'another' } : one)),
  }),
  'posts cut': (made, behind) => ({ ...made, posts: made.posts.filter((one) => one.at <= behind) }),
  'figures altered': (made, behind) => ({
    ...made,
    figures: made.figures.map((one) => (one.day + days(1) + hours(6) > behind ? { ...one, used: 9 * one.used } : one)),
  }),
  'figures cut': (made, behind) => ({
    ...made,
    figures: made.figures.filter((one) => one.day + days(1) + hours(6) <= behind),
  }),
}

describe('what had not arrived', () => {
  const made = madeUpFolder(7)
  const asIs = decidedUntilCut(made)

  for (const [name, change] of Object.entries(futures))
    it(`is not read: with ${name} behind an instant, everything up to it is the same to the byte`, async () => {
      const whole = await asIs
      const altered = await decidedUntilCut(change(made, cutAt))
      expect(whole.moments).toBeGreaterThan(150)
      expect(altered.text).toBe(whole.text)
    })

  it('is what was read as soon as it is: the same changes a day earlier show', async () => {
    const whole = await asIs
    for (const name of ['news altered', 'news cut', 'posts altered', 'posts cut', 'figures altered', 'figures cut']) {
      const altered = await decidedUntilCut(futures[name]!(made, cutAt - days(2)))
      expect(altered.text, name).not.toBe(whole.text)
    }
  })

  it('does not hide what had: every kind is read at the cut', async () => {
    const { last } = await asIs
    const kinds = new Set(last.dossier.readings.map(({ kind }) => kind))
    expect([...kinds].toSorted()).toEqual(['news', 'onchain', 'social', 'technical'])
  })
})
