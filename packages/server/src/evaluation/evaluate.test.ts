import { shippedFits, toIso } from '@pumpiq/domain'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collecting } from '../backtest/testing.ts'
import { evaluate as command } from '../cli/evaluate.ts'
import { htmlOf } from './html.ts'
import { planOf } from './plan.ts'
import { EvaluationReport } from './report.ts'
import { rowPlans } from './rows.ts'
import { evaluated, madeUpFolder, madeUpPlan, writeFolder } from './testing.ts'

const made = madeUpFolder(3)

describe('an evaluation of a made-up folder', () => {
  it('says of every row how many calls it made and what they came to, the worst first', async () => {
    const report = await evaluated(await writeFolder(made))
    expect(EvaluationReport.parse(report)).toEqual(report)
    const [window] = report.windows
    const ran = window!.rows.filter(({ result }) => result !== null)
    expect(ran.map(({ id }) => id).toSorted()).toEqual(rowPlans.map(({ id }) => id).toSorted())
    for (const { result } of ran) {
      const { decisions, abstained, byType, calls, decided } = result!
      const { BUY = 0, SELL = 0, HOLD = 0, AVOID = 0 } = byType
      expect(decisions).toBe(45 * 6 + 1)
      expect(BUY + SELL + HOLD + AVOID + abstained).toBe(decisions)
      expect(BUY + SELL).toBe(calls)
      expect(decided).toBeLessThanOrEqual(calls)
      expect(result!.r.n).toBe(decided)
    }
    const values = ran.map(({ result }) => result!.r.value).filter((value) => value !== null)
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    expect(window!.rows.filter(({ notRun }) => notRun === 'not run: no journal')).toHaveLength(rowPlans.length)
    expect(report.settings.tries).toBe(rowPlans.length)
    expect(report.manifest.map(({ series }) => series).toSorted()).toEqual(['candles', 'chain', 'news', 'posts'])
  })

  it('is the same for the same seed, but for how long it took', async () => {
    const folder = await writeFolder(made)
    const [one, other] = [await evaluated(folder), await evaluated(folder)]
    expect({ ...other, seconds: 0 }).toEqual({ ...one, seconds: 0 })
    const third = await evaluated(folder, { seed: 2 })
    const counts = ({ windows }: EvaluationReport) =>
      windows.flatMap(({ rows }) => rows.map((row) => [row.id, row.result?.calls]))
    expect(counts(third)).toEqual(counts(one))
  })

  it('a kind that is left out adds nothing and is named as a gap', async () => {
    const report = await evaluated(await writeFolder(made), { rows: ['hybrid-technical', 'news-only'] })
    const rows = report.windows[0]!.rows.filter(({ result }) => result !== null)
    expect(rows.map(({ id }) => id).toSorted()).toEqual(['hybrid-technical', 'news-only', 'technical-only'])
    // With a quarter of the weight technical alone can seldom take a side.
    const calls = Object.fromEntries(rows.map(({ id, result }) => [id, result!.calls]))
    expect(calls['hybrid-technical']!).toBeLessThan(calls['technical-only']!)
  })

  it('a fit is used only once all it rests on had closed', async () => {
    const folder = await writeFolder(made)
    const like = shippedFits[0]!
    const fit = (until: number) => ({ ...like, timeframe: 'SWING' as const, from: toIso(0), until: toIso(until) })
    const methods = async (until: number) => {
      const { windows } = await evaluated(folder, { rows: ['news-only'], fits: [fit(until)] })
      const of = (id: string) => windows[0]!.rows.find((row) => row.id === id)!.result!.confidence.methods.toSorted()
      return { technical: of('technical-only'), news: of('news-only') }
    }
    expect((await methods(Date.UTC(2023, 0, 2))).technical).toContain('backtest')
    // It is of technical calls alone: the score of news is not measured by it.
    expect((await methods(Date.UTC(2023, 0, 25))).news).toEqual(['prior'])
    expect(await methods(Date.UTC(2023, 3, 1))).toEqual({ technical: ['prior'], news: ['prior'] })
  })

  it('fits within a window are made of what came before: too short a record has none', async () => {
    const report = await evaluated(await writeFolder(made), { rows: [], calibrated: true })
    expect(report.settings).toMatchObject({ fits: 0, calibrated: true })
    expect(report.windows[0]!.rows[0]!.result!.confidence.methods).toEqual(['prior'])
  })

  it('what was tried before widens every interval', async () => {
    const report = await evaluated(await writeFolder(made), { rows: [], triedBefore: 99 })
    expect(report.settings.tries).toBe(100)
  })
})

describe('the page', () => {
  const hostile = `</title><script>alert(1)</script><img src=x onerror="alert('2')">`

  it('shows hostile names and titles as text, and asks nothing of the network', async () => {
    const news = made.news.map((one) => ({ ...one, title: `${hostile} ${one.title}`, text: `${hostile} ${one.text}` }))
    const plan = planOf(
      { ...madeUpPlan, about: hostile, tokens: [{ ...madeUpPlan.tokens[0]!, name: hostile.slice(0, 100) }] },
      'hostile',
    )
    const report = await evaluated(await writeFolder({ ...made, news }), { plan })
    const losses = report.windows.flatMap(({ rows }) => rows.flatMap(({ result }) => result?.losses ?? []))
    const loud = { ...losses[0]!, headline: hostile }
    const [window] = report.windows
    const rows = window!.rows.map((row) =>
      row.result ? { ...row, warnings: [hostile], result: { ...row.result, losses: [loud] } } : row,
    )
    const page = htmlOf({ ...report, verdicts: [hostile], windows: [{ ...window!, rows }] })
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toMatch(/<script|<img|onerror="/i)
    expect(page).not.toMatch(/<[^>]*\b(src|href)=|@import|url\(|https?:\/\//i)
    expect(page).toContain("default-src 'none'")
  })

  it('holds every row, a plot of each that closed a call, the settings and the files', async () => {
    const report = await evaluated(await writeFolder(made))
    const page = htmlOf(report)
    for (const { label } of report.windows[0]!.rows) expect(page).toContain(label.replaceAll('+', '+'))
    for (const { sha256 } of report.manifest) expect(page).toContain(sha256)
    const drawn = report.windows[0]!.rows.filter(({ result }) => (result?.decided ?? 0) > 0).length
    expect(page.match(/<figure class="small">/g)).toHaveLength(drawn)
    expect(page).not.toMatch(/NaN|undefined|\[object/)
  })

  it('draws within its frames', async () => {
    const page = htmlOf(await evaluated(await writeFolder(made)))
    const paths = [...page.matchAll(/<path d="([^"]+)"/g)].map(([, d]) => d!)
    expect(paths.length).toBeGreaterThan(5)
    for (const [, x, y] of paths.flatMap((d) => [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)])) {
      expect(Number(x)).toBeGreaterThanOrEqual(0)
      expect(Number(x)).toBeLessThanOrEqual(620)
      expect(Number(y)).toBeGreaterThanOrEqual(0)
      expect(Number(y)).toBeLessThanOrEqual(240)
    }
  })
})

describe('pumpiq evaluate', () => {
  it('prints one document, writes the page, and reads a plan from a file', async () => {
    const folder = await writeFolder(made)
    await writeFile(join(folder, 'plan.json'), JSON.stringify(madeUpPlan))
    const { outside, printed } = collecting()
    const page = join(folder, 'report.html')
    const args = [
      '--data',
      folder,
      '--plan',
      join(folder, 'plan.json'),
      '--to',
      '2023-01-20T00:00:00Z',
      '--modes',
      'hybrid',
      '--html',
      page,
      '--json',
    ]
    expect(await command.run(args, outside)).toBe(0)
    const report = EvaluationReport.parse(JSON.parse(printed()))
    expect(report.settings.rows).toEqual(['technical-only', 'hybrid'])
    expect(await readFile(page, 'utf8')).toContain('<!doctype html>')
  })

  it('prints a table for people', async () => {
    const folder = await writeFolder(made)
    await writeFile(join(folder, 'plan.json'), JSON.stringify(madeUpPlan))
    const { outside, printed } = collecting()
    await command.run(['--data', folder, '--plan', join(folder, 'plan.json'), '--to', '2023-01-20T00:00:00Z'], outside)
    expect(printed()).toContain('Verdicts, losers first')
    expect(printed()).toContain('technical alone')
    expect(printed()).not.toMatch(/NaN|undefined/)
  })

  it('refuses a row that it does not know, and a plan that is not JSON', async () => {
    const folder = await writeFolder(made)
    await writeFile(join(folder, 'plan.json'), '{')
    const { outside } = collecting()
    await expect(command.run(['--data', folder, '--modes', 'magic'], outside)).rejects.toThrow(
      '--modes "magic": allowed is one of',
    )
    await expect(command.run(['--data', folder, '--plan', join(folder, 'plan.json')], outside)).rejects.toThrow(
      'not one JSON document',
    )
  })

  it('ends when it is asked to', async () => {
    const folder = await writeFolder(made)
    await writeFile(join(folder, 'plan.json'), JSON.stringify(madeUpPlan))
    const { outside } = collecting()
    const stop = new AbortController()
    const stderr = () => stop.abort(new Error('asked to stop'))
    const args = ['--data', folder, '--plan', join(folder, 'plan.json')]
    await expect(command.run(args, { ...outside, stderr, abort: stop.signal })).rejects.toThrow('asked to stop')
  })
})
