import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planOf } from './plan.ts'
import { recordedPlan } from './plan-recorded.ts'
import { evaluated, madeUpFolder, madeUpPlan, writeFolder } from './testing.ts'

type Loose = Record<string, unknown>
const changed = (change: (plan: Loose) => void): Loose => {
  const plan = structuredClone(madeUpPlan) as unknown as Loose
  change(plan)
  return plan
}
const first = (plan: Loose, list: string): Loose => (plan[list] as Loose[])[0]!

describe('a plan', () => {
  it('that ships for the recorded layout is one', () => {
    const plan = planOf(recordedPlan, recordedPlan.name)
    expect(plan.windows.map(({ id }) => id)).toContain('2023-swing')
  })

  const faults: readonly [string, (plan: Loose) => void, string][] = [
    ['a field it does not know', (plan) => (plan['extra'] = 1), 'plan p.json: Unrecognized key: "extra"'],
    ['no candles', (plan) => delete plan['candles'], 'plan p.json, candles:'],
    [
      'a length without a unit',
      (plan) => ((first(plan, 'documents')['arrival'] as Loose)['lag'] = '90'),
      'documents[0].arrival.lag: must be a length such as 0, 15m, 24h or 7d, not "90"',
    ],
    [
      'an arrival that nobody declared',
      (plan) => delete first(plan, 'figures')['arrival'],
      'plan p.json, figures[0].arrival:',
    ],
    [
      'a figure that is none of ours',
      (plan) => (first(plan, 'figures')['columns'] = { used: { figure: 'magic' } }),
      'figures[0].columns.used.figure:',
    ],
    [
      'a file outside the folder',
      (plan) => (first(plan, 'candles')['file'] = '../../etc/passwd'),
      'candles[0].file: must be a path below the data folder, not "../../etc/passwd"',
    ],
    [
      'a token that it does not name',
      (plan) => (first(plan, 'windows')['tokens'] = ['FOO']),
      'windows[0].tokens[0]: must be a token of the plan (MADE), not "FOO"',
    ],
    [
      'a series that is not there',
      (plan) => (first(plan, 'windows')['series'] = ['candles', 'gossip']),
      'windows[0].series[1]: must be a series of the plan (candles, news, posts, chain), not "gossip"',
    ],
    [
      'a window without candles of its token',
      (plan) => (first(plan, 'windows')['series'] = ['news']),
      'windows[0].series: must hold one candle series of MADE; it holds 0',
    ],
    [
      'a window that ends before it begins',
      (plan) => (first(plan, 'windows')['to'] = '2022-01-01T00:00:00.000Z'),
      'windows[0].from: must not lie behind to 2022-01-01',
    ],
    ['one name twice', (plan) => (first(plan, 'figures')['id'] = 'news'), 'series: news is there twice'],
  ]
  for (const [name, change, message] of faults)
    it(`with ${name} is refused by field and value`, () => {
      expect(() => planOf(changed(change), 'p.json')).toThrow(message)
    })

  it('that is no object is refused', () => {
    expect(() => planOf(7, 'p.json')).toThrow('plan p.json')
  })
})

describe('a folder that is not as its plan says', () => {
  const short = { to: Date.UTC(2023, 0, 8) }
  const refusal = async (spoil: (folder: string) => Promise<void>, change: (plan: Loose) => void = () => {}) => {
    const folder = await writeFolder(madeUpFolder(1))
    await spoil(folder)
    return evaluated(folder, { ...short, plan: planOf(changed(change), 'p.json') }).then(
      () => 'nothing was refused',
      (thrown: Error) => thrown.message,
    )
  }

  it('is refused by the file that is missing', async () => {
    expect(await refusal((folder) => rm(join(folder, 'posts.csv')))).toMatch(
      /^posts\.csv: no such file \(looked for in /,
    )
  })

  it('is refused by file, line and column, with the columns that are there', async () => {
    const spoil = (folder: string) => writeFile(join(folder, 'posts.csv'), 'ts,by,words\n2023-01-01T00:00:00Z,a,b\n')
    expect(await refusal(spoil)).toBe(
      'posts.csv, line 2: there is no column "text" (posts.columns.text of the plan); there are ts, by, words',
    )
  })

  it('is refused by a line that is not JSON, a row of another width, a damaged archive and an interval', async () => {
    expect(await refusal((folder) => writeFile(join(folder, 'news.jsonl.gz'), '{"a":1}\n{oops\n'))).toContain(
      'news.jsonl.gz, line 2: "{oops" is not JSON',
    )
    expect(await refusal((folder) => writeFile(join(folder, 'posts.csv'), 'ts,by,text\n1,2\n'))).toContain(
      'posts.csv, line 2: 2 cells, where the header has 3',
    )
    expect(
      await refusal((folder) => writeFile(join(folder, 'chain.csv.gz'), Uint8Array.of(0x1f, 0x8b, 1, 2))),
    ).toContain('chain.csv.gz: the gzip data is damaged')
    const daily = (plan: Loose) => (first(plan, 'candles')['interval'] = '1d')
    expect(await refusal(() => Promise.resolve(), daily)).toContain(
      'MADEUSDT_1h.csv: bars of 1h, where the plan says 1d',
    )
  })

  it('is refused where a figure is said to be known before its day had ended', async () => {
    const early = (plan: Loose) => (first(plan, 'figures')['arrival'] = { at: 'instant', of: 'date' })
    expect(await refusal(() => Promise.resolve(), early)).toContain('before its day had ended')
  })

  it('says what windows there are when --from and --to leave none', async () => {
    const folder = await writeFolder(madeUpFolder(1))
    await expect(evaluated(folder, { from: Date.UTC(2030, 0, 1) })).rejects.toThrow(
      "--from and --to leave nothing of the plan's windows: made 2023-01-06",
    )
  })
})
