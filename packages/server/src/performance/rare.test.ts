import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { days, Failure, hours, minutes, price, toIso } from '@pumpiq/domain'
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { takeLease } from '../db/lease.ts'
import { verifyExport } from '../ledger/verify.ts'
import { benchAt, createBench } from '../testing/bench.ts'

type Bench = Awaited<ReturnType<typeof createBench>>
const open: Bench[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

async function bench(wish: Parameters<typeof createBench>[0] = {}): Promise<Bench> {
  const made = await createBench(wish)
  open.push(made)
  return made
}

const flat = [100, 100.5, 99.5, 100] as const
const stopAt = (at: number) => ({ openAt: at, open: 100, high: 100, low: 89, close: 95, volume: 1 })
const targetAt = (at: number) => ({ openAt: at, open: 100, high: 131, low: 100, close: 125, volume: 1 })

async function stopped(): Promise<{ b: Bench; id: string; at: number }> {
  const b = await bench()
  b.trade(benchAt - hours(3), benchAt + days(2), flat)
  const at = benchAt + minutes(30)
  b.bars.set(at, stopAt(at))
  const { id } = await b.issue()
  await b.to(benchAt + hours(1))
  expect(await b.outcomes.versionsOf(id)).toMatchObject([{ version: 1, outcome: { status: 'STOPPED', at: toIso(at) } }])
  return { b, id, at }
}

describe('a candle that the venue corrects', () => {
  it('with which the stop was never touched opens the call again; its later end is version 2, beside the first', async () => {
    const { b, id, at } = await stopped()
    b.trade(at, at + minutes(1), flat)
    await b.to(benchAt + hours(1) + minutes(1))
    expect(await b.state.of(id)).toMatchObject({ state: 'open', versions: [{ version: 1 }] })
    const later = benchAt + hours(2)
    b.bars.set(later, targetAt(later))
    await b.to(later + minutes(1))
    const { state, versions } = await b.state.of(id)
    expect(state).toBe('closed')
    expect(versions.map(({ version, outcome: { status } }) => [version, status])).toEqual([
      [2, 'TARGET_3'],
      [1, 'STOPPED'],
    ])
    expect(versions[0]!.notes).toEqual(['the venue corrected candles by which version 1 was decided'])
    expect((await b.outcomes.shortOf([id])).get(id)).toMatchObject({ status: 'TARGET_3' })
  })

  it('is seen behind an outage of a week too, when the call had ended by it just before', async () => {
    const { b, id, at } = await stopped()
    b.trade(at, benchAt + days(8), flat)
    await b.to(benchAt + days(7))
    expect(await b.state.of(id)).toMatchObject({ state: 'closed', versions: [{ version: 2 }, { version: 1 }] })
  })

  it('that decided, but decides the same, gives a version with the candle as it is now', async () => {
    const { b, id, at } = await stopped()
    b.bars.set(at, { ...stopAt(at), low: 80 })
    await b.to(benchAt + hours(1) + minutes(1))
    const [newest, first] = await b.outcomes.versionsOf(id)
    expect([first!.outcome.decidedBy?.low, newest!.outcome.decidedBy?.low]).toEqual(['89', '80'])
    expect(newest!.outcome.rMultiple).toBe(first!.outcome.rMultiple)
  })

  it('within the horizon of an older call that has ended brings no hours in place of the minutes of a newer one', async () => {
    const b = await bench()
    b.trade(benchAt - hours(3), benchAt + days(21), flat)
    b.bars.set(benchAt + minutes(30), stopAt(benchAt + minutes(30)))
    const { id: older } = await b.issue({ horizonMs: days(30) })
    await b.to(benchAt + hours(1))
    await b.to(benchAt + days(10))
    const hit = benchAt + days(20) + minutes(10)
    b.bars.set(hit, targetAt(hit))
    const { id: newer } = await b.issue({ horizonMs: days(30) })
    for (const after of [days(10) + minutes(2), days(15), days(20)]) await b.to(benchAt + after)
    // The process ended between keeping a correction and judging by it.
    await sql`update candle_cursor set revised_from = ${toIso(benchAt + days(20) - minutes(30))}::timestamptz`.execute(
      b.db,
    )
    await b.to(benchAt + days(20) + minutes(1))
    await b.to(benchAt + days(20) + hours(1))
    expect(b.venue.asked).not.toContain('1h')
    expect(await b.outcomes.versionsOf(newer)).toMatchObject([{ outcome: { at: toIso(hit) }, notes: [] }])
    expect(await b.outcomes.versionsOf(older)).toHaveLength(1)
  })

  it('behind the end changes nothing', async () => {
    const { b, id, at } = await stopped()
    b.bars.set(at + minutes(5), stopAt(at + minutes(5)))
    await b.to(benchAt + hours(1) + minutes(1))
    expect(await b.outcomes.versionsOf(id)).toHaveLength(1)
    expect(await sql`select 1 from candle where revision = 1`.execute(b.db)).toMatchObject({
      rows: [expect.anything()],
    })
  })

  it('is judged by after a restart too, when the process ended between keeping and judging it', async () => {
    const { b, id, at } = await stopped()
    b.bars.set(at, { ...stopAt(at), low: 80 })
    await sql`update candle set l = 80, revision = 1 where ts = ${toIso(at)}::timestamptz`.execute(b.db)
    await sql`update candle_cursor set revised_from = ${toIso(at)}::timestamptz`.execute(b.db)
    await sql`update lease set expires_at = '-infinity'`.execute(b.db)
    const again = await bench({ db: b.db, bars: b.bars, startAt: benchAt + hours(1) + minutes(1) })
    await again.to(benchAt + hours(1) + minutes(2))
    expect(await again.outcomes.versionsOf(id)).toHaveLength(2)
  })
})

describe('a venue that is silent', () => {
  it('makes the state stale and ends nothing; when the coin trades again after the horizon, the call is unresolved', async () => {
    const b = await bench()
    b.trade(benchAt - hours(3), benchAt + hours(2), flat)
    const { id } = await b.issue()
    await b.to(benchAt + hours(2) + minutes(1))
    expect(await b.state.health()).toMatchObject({ state: 'live', open: 1, behind: [] })
    for (const after of [hours(3), hours(25), days(4)]) {
      await b.to(benchAt + after)
      expect(await b.state.health()).toMatchObject({
        state: 'stale',
        lagMs: after - hours(2),
        behind: [{ source: 'paper', knownUntil: toIso(benchAt + hours(2)), why: 'paper tells of no newer candle' }],
      })
    }
    expect(await b.outcomes.versionsOf(id)).toEqual([])
    b.trade(benchAt + days(4), benchAt + days(5), flat)
    await b.to(benchAt + days(4) + hours(1))
    expect(await b.outcomes.versionsOf(id)).toMatchObject([{ outcome: { status: 'UNRESOLVED', rMultiple: null } }])
  })

  it('for less than a day is waited for', async () => {
    const b = await bench()
    b.trade(benchAt - hours(3), benchAt + hours(2), flat)
    const { id } = await b.issue()
    await b.to(benchAt + hours(9))
    b.trade(benchAt + hours(10), benchAt + days(2), flat)
    b.bars.set(benchAt + hours(11), targetAt(benchAt + hours(11)))
    await b.to(benchAt + hours(12))
    expect(await b.outcomes.versionsOf(id)).toMatchObject([
      { outcome: { status: 'TARGET_3', at: toIso(benchAt + hours(11)) } },
    ])
  })

  it('for thirty days while it answers has ended the market: delisted at the last price', async () => {
    const b = await bench()
    b.trade(benchAt - hours(3), benchAt + hours(2), flat)
    const { id } = await b.issue()
    await b.to(benchAt + days(29))
    expect(await b.outcomes.versionsOf(id)).toEqual([])
    await b.to(benchAt + days(31))
    expect(await b.outcomes.versionsOf(id)).toMatchObject([
      { outcome: { status: 'DELISTED', at: toIso(benchAt + hours(2) - minutes(1)) } },
    ])
  })
})

it('a venue that does not answer ends nothing, however long, and says why; afterwards all is as if it had answered', async () => {
  const b = await bench()
  b.trade(benchAt - hours(3), benchAt + days(3), flat)
  b.bars.set(benchAt + hours(5), stopAt(benchAt + hours(5)))
  const { id } = await b.issue()
  await b.to(benchAt + hours(1))
  b.venue.fault = new Failure('unavailable', 'paper could not be reached')
  for (const after of [hours(2), days(1), days(2)]) {
    await b.to(benchAt + after)
    expect(await b.state.health()).toMatchObject({ state: 'stale', behind: [{ why: 'paper could not be reached' }] })
  }
  expect(await b.outcomes.versionsOf(id)).toEqual([])
  b.venue.fault = null
  await b.to(benchAt + days(2) + minutes(1))
  expect(await b.outcomes.versionsOf(id)).toMatchObject([
    { outcome: { status: 'STOPPED', at: toIso(benchAt + hours(5)) }, notes: [] },
  ])
  expect(await b.state.health()).toMatchObject({ state: 'live', open: 0, behind: [] })
})

it('where nobody follows for long it is stale and says so, also by a process that has just begun', async () => {
  const b = await bench()
  b.trade(benchAt - hours(3), benchAt + days(1), flat)
  await b.issue()
  await b.to(benchAt + minutes(2))
  const started = benchAt + hours(3)
  const other = await bench({ db: b.db, bars: b.bars, startAt: started })
  expect(await other.state.health()).toMatchObject({ state: 'catching_up' })
  await other.clock.advance(minutes(6))
  const why = `nobody has asked paper since ${toIso(benchAt + minutes(2))}`
  expect(await other.state.health()).toMatchObject({ state: 'stale', behind: [{ why }] })
})

it('a call that cannot be followed is told of and keeps no other from being followed', async () => {
  const b = await bench()
  b.trade(benchAt - hours(3), benchAt + days(1), flat)
  b.bars.set(benchAt + minutes(30), stopAt(benchAt + minutes(30)))
  const { id: bad } = await b.issue({ stopLoss: price('105') })
  const { id } = await b.issue()
  await b.to(benchAt + hours(1))
  expect(await b.outcomes.versionsOf(id)).toMatchObject([{ outcome: { status: 'STOPPED' } }])
  expect(b.log.entries.map(({ sentence }) => sentence)).toContainEqual(
    expect.stringMatching(`^${bad} cannot be followed: stopLoss must be below`),
  )
})

it('until the first look after a start it is catching up', async () => {
  const b = await bench()
  b.trade(benchAt - hours(3), benchAt + days(1), flat)
  await b.issue()
  await b.to(benchAt + minutes(2))
  const again = await bench({ db: b.db, bars: b.bars, startAt: benchAt + hours(3) })
  expect(await again.state.health()).toMatchObject({ state: 'catching_up', open: 1 })
  await sql`update lease set expires_at = '-infinity'`.execute(b.db)
  await again.tracker.round()
  expect(await again.state.health()).toMatchObject({ state: 'live', behind: [] })
})

describe('an outage longer than the minutes of the venue reach back', () => {
  const away = async (bars: (b: Bench) => void) => {
    const b = await bench()
    b.trade(benchAt - hours(3), benchAt + days(12), flat)
    bars(b)
    const { id } = await b.issue({ horizonMs: days(7) })
    await b.to(benchAt + minutes(20))
    await b.to(benchAt + days(11))
    return { b, id }
  }

  it('is filled with hours, and the outcome names them', async () => {
    const hit = benchAt + days(1) + minutes(34)
    const { b, id } = await away(({ bars }) => bars.set(hit, stopAt(hit)))
    expect(b.venue.asked).toContain('1h')
    const [{ outcome, notes } = { outcome: null, notes: [] }] = await b.outcomes.versionsOf(id)
    expect(outcome).toMatchObject({
      status: 'STOPPED',
      at: toIso(benchAt + days(1)),
      decidedBy: { openAt: toIso(benchAt + days(1)), intervalMs: hours(1), low: '89' },
    })
    expect(notes[0]).toContain('candles of 1 h stand in for the minutes of 25 hours')
  })

  it('with both levels in one hour takes the stop and says that the order is not known', async () => {
    const hit = benchAt + days(1) + minutes(10)
    const { b, id } = await away(({ bars }) => {
      bars.set(hit, targetAt(hit))
      bars.set(hit + minutes(20), stopAt(hit + minutes(20)))
    })
    expect(await b.outcomes.versionsOf(id)).toMatchObject([{ outcome: { status: 'STOPPED', ambiguous: true } }])
  })

  it('brings no hours where the minutes are kept already, though all is asked for anew', async () => {
    const b = await bench()
    b.trade(benchAt - hours(3), benchAt + days(12), flat)
    await b.issue({ horizonMs: days(30) })
    for (const after of [days(6), days(12)]) await b.to(benchAt + after)
    // As if the series had been begun anew a day later.
    await sql`update candle_cursor set from_at = ${toIso(benchAt + days(1))}::timestamptz`.execute(b.db)
    await b.to(benchAt + days(12) + minutes(1))
    const { rows } = await sql<{ ts: Date }>`select ts from candle where tf = '1h' order by ts`.execute(b.db)
    expect(rows.map(({ ts }) => ts.getTime())).toEqual(Array.from({ length: 24 }, (_, i) => benchAt + hours(i)))
  })

  it('is judged by minutes again where they begin', async () => {
    const hit = benchAt + days(5) + minutes(7)
    const { b, id } = await away(({ bars }) => bars.set(hit, targetAt(hit)))
    expect(await b.outcomes.versionsOf(id)).toMatchObject([
      { outcome: { status: 'TARGET_3', at: toIso(hit), decidedBy: { intervalMs: minutes(1) } } },
    ])
  })
})

describe('written once', () => {
  it('a holder that loses the lease while it asks writes nothing, and the next one does it all', async () => {
    const b = await bench()
    b.trade(benchAt - hours(3), benchAt + days(2), flat)
    b.bars.set(benchAt + minutes(30), stopAt(benchAt + minutes(30)))
    const { id } = await b.issue()
    b.venue.meanwhile = async () => {
      b.venue.meanwhile = null
      await sql`update lease set expires_at = '-infinity'`.execute(b.db)
      await takeLease(b.db, { name: 'tracker', holder: 'another', forMs: 1 })
    }
    await b.to(benchAt + hours(1))
    expect(await b.db.selectFrom('candle').selectAll().execute()).toEqual([])
    expect(await b.outcomes.versionsOf(id)).toEqual([])
    expect(b.log.entries.map(({ sentence }) => sentence).join('\n')).toContain('has been taken over')
    await b.to(benchAt + hours(1) + minutes(2))
    expect(await b.outcomes.versionsOf(id)).toHaveLength(1)
  })

  it('an outcome cannot be changed or taken away', async () => {
    const { b } = await stopped()
    for (const change of [
      sql`update outcomes set status = 'TARGET_3'`,
      sql`delete from outcomes`,
      sql`truncate outcomes`,
    ])
      await expect(change.execute(b.db)).rejects.toThrow('outcomes are append-only')
  })

  it('a database that is gone gets outcomes back from the ledger file, and nothing is judged twice', async () => {
    const ledgerPath = join(await mkdtemp(join(tmpdir(), 'pumpiq-follow-')), 'ledger.jsonl')
    const first = await bench({ ledgerPath })
    first.trade(benchAt - hours(3), benchAt + days(2), flat)
    first.bars.set(benchAt + minutes(30), stopAt(benchAt + minutes(30)))
    const { id } = await first.issue()
    await first.to(benchAt + hours(1))
    const before = await first.outcomes.versionsOf(id)
    expect(before).toHaveLength(1)
    await open.splice(0)[0]!.close()
    const second = await bench({ ledgerPath, bars: first.bars, startAt: benchAt + hours(2) })
    expect(await second.outcomes.versionsOf(id)).toEqual(before)
    await second.to(benchAt + hours(2) + minutes(1))
    expect(await second.state.of(id)).toMatchObject({ state: 'closed', versions: before })
    const lines: string[] = []
    for await (const line of second.ledger.exportLines()) lines.push(line)
    expect(await verifyExport(lines)).toMatchObject({ ok: true })
  })
})
