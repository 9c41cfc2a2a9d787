import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { judge } from './judge.ts'

const start = Date.UTC(2023, 3, 12)
const hour = 3_600_000
const iso = (hours: number) => new Date(start + hours * hour).toISOString()

const buy = {
  type: 'BUY',
  issuedAt: iso(0),
  validUntil: iso(2),
  expiresAt: iso(8),
  entry: { low: '99', high: '101' },
  targets: [
    { price: '105.0', share: 0.5 },
    { price: '110', share: 0.3 },
    { price: '115', share: 0.2 },
  ],
  stopLoss: '95',
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'judge-'))
})

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const candles = (name: string, stepMs: number, rows: readonly string[], from = start) =>
  file(name, ['ts,open,high,low,close,volume', ...rows.map((row, i) => `${from + i * stepMs},${row}`)].join('\n'))

async function run(...args: string[]) {
  let out = ''
  let err = ''
  const code = await judge.run(args, {
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    version: '0',
    config: readConfig({}),
    clock: systemClock,
    abort: new AbortController().signal,
  })
  return { code, out, err }
}

const hourly = ['100,101,99,100,5', '100,106,94,100,5', '100,101,99,100,5']
const quarters = ['100,106,99,105,1', '105,105,94,94.5,1', '94.5,97,94.5,97,1', '97,100,97,100,1']

describe('the judge command', () => {
  it('answers one JSON document with the keys of its contract', async () => {
    const recommendation = await file('buy.json', JSON.stringify(buy))
    const bars = await candles('BTCUSDT_1h.csv', hour, hourly)
    const { code, out, err } = await run('--recommendation', recommendation, '--candles', bars, '--json')
    expect([code, err]).toEqual([0, ''])
    expect(out.endsWith('}\n')).toBe(true)
    const answer: unknown = JSON.parse(out)
    expect(answer).toEqual({
      status: 'STOPPED',
      at: iso(1),
      filledAt: iso(0),
      fillPrice: '100',
      events: [
        { at: iso(0), event: 'FILLED', price: '100' },
        { at: iso(1), event: 'STOP', price: '95' },
      ],
      first: 'stop',
      rMultiple: -1.0585,
      returnGrossPct: -5,
      returnNetPct: -5.2925,
      mfeR: 0.2,
      maeR: 1,
      hoursToOutcome: 1,
      ambiguous: true,
      held: null,
      decidedBy: { openAt: iso(1), intervalMs: hour, open: '100', high: '106', low: '94', close: '100' },
      costs: { feePctPerSide: 0.1, slippageBpsPerSide: 5 },
    })
  })

  it('lets finer files settle what happened inside a bar, in whatever order they are given', async () => {
    const recommendation = await file('buy.json', JSON.stringify(buy))
    const bars = await candles('BTCUSDT_1h.csv', hour, hourly)
    const finer = await candles('BTCUSDT_15m.csv', hour / 4, quarters, start + hour)
    const asked = ['--recommendation', recommendation, '--fees', '0', '--slippage', '0', '--json']
    const one = await run(...asked, '--candles', bars, '--candles', finer)
    const other = await run(...asked, '--candles', finer, '--candles', bars)
    expect(JSON.parse(one.out)).toMatchObject({ status: 'STOPPED', first: 'target', rMultiple: 0, ambiguous: false })
    expect(other.out).toBe(one.out)
  })

  it('judges a ledger line with the costs it was recommended with, unless others are asked for', async () => {
    const line = { seq: 4, body: { kind: 'recommendation', recommendation: { ...buy, band: null, abstained: null } } }
    const whole = { ...buy, costs: { feePctPerSide: 0, slippageBpsPerSide: 0 } }
    const bars = await candles('BTCUSDT_1h.csv', hour, hourly)
    const sealed = await run(
      '--recommendation',
      await file('line.json', JSON.stringify(line)),
      '--candles',
      bars,
      '--json',
    )
    const free = await run(
      '--recommendation',
      await file('free.json', JSON.stringify(whole)),
      '--candles',
      bars,
      '--json',
    )
    const dear = await run(
      '--recommendation',
      await file('free.json', JSON.stringify(whole)),
      '--candles',
      bars,
      '--fees',
      '1',
      '--json',
    )
    expect(JSON.parse(sealed.out)).toMatchObject({ rMultiple: -1.0585 })
    expect(JSON.parse(free.out)).toMatchObject({ rMultiple: -1 })
    expect(JSON.parse(dear.out)).toMatchObject({ rMultiple: -1.39 })
  })

  it('follows a HOLD by its band and knows the market no longer than asked', async () => {
    const hold = await file(
      'hold.json',
      JSON.stringify({ type: 'HOLD', issuedAt: iso(0), expiresAt: iso(3), band: { low: '95', high: '105' } }),
    )
    const bars = await candles('BTCUSDT_1h.csv', hour, hourly)
    const broken = await run('--recommendation', hold, '--candles', bars, '--json')
    const open = await run('--recommendation', hold, '--candles', bars, '--as-of', iso(1.5), '--json')
    expect(JSON.parse(broken.out)).toMatchObject({ status: 'STOPPED', held: false, at: iso(1) })
    expect(JSON.parse(open.out)).toMatchObject({ status: 'OPEN', held: null, at: null })
  })

  it('shows the same to a person', async () => {
    const { out } = await run(
      '--recommendation',
      await file('buy.json', JSON.stringify(buy)),
      '--candles',
      await candles('BTCUSDT_1h.csv', hour, hourly),
    )
    expect(out).toContain(`status      STOPPED at ${iso(1)} (ambiguous`)
    expect(out).toContain('-5.000 % gross, -5.293 % net of 0.1 % and 5 bps a side')
  })

  it('says so when a finer file bears another symbol', async () => {
    const recommendation = await file('buy.json', JSON.stringify(buy))
    const bars = await candles('BTCUSDT_1h.csv', hour, hourly)
    const finer = await candles('ETHUSDT_15m.csv', hour / 4, quarters, start + hour)
    const { err } = await run('--recommendation', recommendation, '--candles', bars, '--candles', finer, '--json')
    expect(err).toBe('file:ETHUSDT refines file:BTCUSDT: the files bear different symbols\n')
  })

  it.each<[string, string, string]>([
    ['broken JSON', '{"type":', 'not one JSON document'],
    ['a missing stop', JSON.stringify({ ...buy, stopLoss: undefined }), 'stopLoss is missing'],
    [
      'a stop on the wrong side',
      JSON.stringify({ ...buy, stopLoss: '102' }),
      'stopLoss must be below entry.low 99 for BUY, not 102',
    ],
    ['a number for a price', JSON.stringify({ ...buy, stopLoss: 95 }), 'stopLoss: '],
  ])('refuses %s by file and field', async (_, content, sentence) => {
    const recommendation = await file('bad.json', content)
    const bars = await candles('BTCUSDT_1h.csv', hour, hourly)
    const said = expect.objectContaining({
      code: 'invalid',
      message: expect.stringMatching(/^--recommendation .*bad\.json: /),
    })
    await expect(run('--recommendation', recommendation, '--candles', bars)).rejects.toThrow(said)
    await expect(run('--recommendation', recommendation, '--candles', bars)).rejects.toThrow(sentence)
  })

  it('refuses a file that is not there and two files of one interval', async () => {
    const bars = await candles('BTCUSDT_1h.csv', hour, hourly)
    const again = await candles('ETHUSDT_1h.csv', hour, hourly)
    const recommendation = await file('buy.json', JSON.stringify(buy))
    await expect(run('--recommendation', join(folder, 'none.json'), '--candles', bars)).rejects.toThrow(
      'none.json: no such file',
    )
    await expect(run('--recommendation', recommendation, '--candles', bars, '--candles', again)).rejects.toThrow(
      'the same interval as',
    )
  })
})
