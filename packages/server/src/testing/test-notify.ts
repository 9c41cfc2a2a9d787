import fc from 'fast-check'
import { days, hours, minutes, seconds } from '@pumpiq/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import type { Delivered } from '../notifications/channel.ts'
import { usualPreferences } from '../notifications/preferences.ts'
import { createNotified, notifiedAt, type Arrived, type Notified } from './notified.ts'

// A cold start of the embedded database takes seconds, and many of them on a machine that is busy.
const startMs = 120_000

type Open = () => Promise<{ db: Db; drop(): Promise<void> }>

const asked = ({ caller }: Notified) => ({
  params: undefined,
  query: undefined,
  body: undefined,
  abort: new AbortController().signal,
  caller,
})
const wish = (on: Notified, said: Partial<typeof usualPreferences>) =>
  on.routes.setPreferences({ ...asked(on), body: { ...usualPreferences, ...said } })
const log = async (on: Notified, limit = 100) =>
  (await on.routes.deliveries({ ...asked(on), query: { cursor: undefined, limit } })).items
const inApp = async (on: Notified) =>
  on.routes.notices({ ...asked(on), query: { cursor: undefined, unread: undefined, limit: 100 } })

/** What notifications owe on both databases. `open` gives a migrated, empty one; so many senders are killed. */
export function testNotify(name: string, open: Open, deaths: number): void {
  describe(`notifications on ${name}`, () => {
    let opened: Awaited<ReturnType<Open>>
    const db = () => opened.db
    beforeAll(async () => void (opened = await open()), startMs)
    afterAll(() => opened.drop())
    beforeEach(() => empty(db()))
    testOutbox(db)
    testWhen(db)
    testEnds(db)
    testDeaths(db, deaths)
    testManyAtOnce(db)
  })
}

/** What no user of the product can do: the test owns the database and takes the guard away. */
async function empty(db: Db): Promise<void> {
  await sql`alter table recommendations disable trigger all`.execute(db)
  for (const table of ['outbox', 'notification_channel', 'notice', 'notification_preference', 'recommendations'])
    await sql`delete from ${sql.table(table)}`.execute(db)
  await sql`alter table recommendations enable trigger all`.execute(db)
}

function testOutbox(db: () => Db): void {
  it('an event is told once however often it is said, and each correction anew', async () => {
    const on = createNotified({ db: db() })
    const call = await on.call()
    for (let i = 0; i < 3; i++) await on.tell('stop', call)
    for (const version of [2, 2, 3]) await on.tell('corrected', call, version)
    await on.run()
    const { items, unread } = await inApp(on)
    expect(items.map(({ kind }) => kind).toSorted()).toEqual(['corrected', 'corrected', 'stop'])
    expect(unread).toBe(3)
  })

  it('a call that cannot be read keeps nobody from being told of the others', async () => {
    const on = createNotified({ db: db() })
    const broken = await on.call()
    const call = await on.call()
    await on.tell('stop', broken)
    await on.tell('stop', call)
    await sql`alter table recommendations disable trigger all`.execute(db())
    await sql`update recommendations set document = document - 'type' where id = ${broken.id}`.execute(db())
    await sql`alter table recommendations enable trigger all`.execute(db())
    await on.run()
    expect((await inApp(on)).items.map(({ recommendationId }) => recommendationId)).toEqual([call.id])
    expect(on.log.entries).toMatchObject([{ level: 'error', fields: { id: broken.id } }])
  })

  it('whoever empties the outbox is called when something is in it, and not for what is no news', async () => {
    let calls = 0
    const on = createNotified({ db: db(), soon: () => void calls++ })
    const call = await on.call()
    await on.issue(await on.call({ abstained: 'no price' }))
    expect(calls).toBe(0)
    await on.issue(call)
    await on.tell('stop', call)
    expect(calls).toBe(2)
  })

  it('nothing is told of what was rolled back', async () => {
    const on = createNotified({ db: db() })
    const call = await on.call()
    const failing = db()
      .transaction()
      .execute(async (tx) => {
        await on.outbox.issued(tx, call, null)
        throw new Error('changed my mind')
      })
    await expect(failing).rejects.toThrow('changed my mind')
    await on.run()
    expect((await inApp(on)).items).toEqual([])
  })

  it('a call of another type changes the thesis, one to enter is issued, and a HOLD that stands is no news', async () => {
    const on = createNotified({ db: db() })
    const hold = await on.call({ type: 'HOLD', entry: null, targets: [], stopLoss: null })
    const buy = await on.call({ previous: { id: hold.id, type: 'HOLD', issuedAt: hold.issuedAt } })
    await on.issue(hold)
    await on.issue(buy, hold)
    await on.issue(await on.call(), buy)
    await on.issue(await on.call({ abstained: 'no price' }), hold)
    await on.run()
    const { items } = await inApp(on)
    expect(items.map(({ kind, title }) => `${kind}: ${title}`).toSorted()).toEqual([
      'issued: BUY BTC: new call',
      'thesis-changed: BTC: HOLD became BUY',
    ])
    expect(items[0]!.text).toContain('Chance 44 % (40 % to 48 %, prior, n 300), swing')
    expect(items[0]!.text).toContain('Stop 95')
    expect(items[0]!.link).toMatch(/^https:\/\/pumpiq\.example\/recommendations\//)
  })

  it('house calls are told to everybody, one’s own to oneself, and nothing outward without a channel', async () => {
    const on = createNotified({ db: db(), users: ['ann', 'bob'] })
    await on.issue(await on.call())
    await on.issue(await on.call({}, 'bob'))
    await on.run()
    const rows = await db().selectFrom('notice').select('userId').execute()
    expect(rows.map(({ userId }) => userId).toSorted()).toEqual(['ann', 'bob', 'bob'])
    expect(await log(on)).toEqual([])
  })

  it('what was read is read, one by one or up to an instant', async () => {
    const on = createNotified({ db: db() })
    for (let i = 0; i < 3; i++) {
      on.clock.leap(1_000)
      await on.issue(await on.call())
    }
    await on.run()
    const { items } = await inApp(on)
    const read = (body: { ids: string[] } | { upTo: string }) => on.routes.markRead({ ...asked(on), body })
    expect(await read({ ids: [items[0]!.id] })).toEqual({ unread: 2 })
    expect(await read({ upTo: items[1]!.at })).toEqual({ unread: 0 })
  })
}

function testWhen(db: () => Db): void {
  it('a target is known by what its channel shows of it, and kept closed', async () => {
    const on = createNotified({ db: db() })
    await on.add('knows', 'secret-target')
    const { items } = await on.routes.channels(asked(on))
    expect(items[0]).toMatchObject({ kind: 'knows', target: 's***', enabled: true })
    const { target } = await db().selectFrom('notificationChannel').select('target').executeTakeFirstOrThrow()
    expect(target).not.toContain('secret-target')
  })

  it('a target that is not one is refused by the name of its field, without its value', async () => {
    const on = createNotified({ db: db() })
    const add = on.routes.addChannel({
      ...asked(on),
      body: { kind: 'plain', name: 'mine', target: { name: 'x!' } },
    })
    await expect(add).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('target.name') as string,
    })
    await expect(add).rejects.not.toThrow(/x!/)
  })

  it('a digest gathers a window into one message, and what comes while it is sent goes into the next', async () => {
    const on = createNotified({ db: db() })
    await on.add('plain', 'one')
    await wish(on, { digest: 'hourly' })
    for (let i = 0; i < 3; i++) {
      await on.issue(await on.call())
      await on.run()
    }
    expect(on.arrived).toEqual([])
    on.clock.leap(hours(1))
    // It is in hand when the fourth comes.
    on.answering.script = async () => {
      await on.issue(await on.call())
      return { ended: 'sent' }
    }
    await on.run()
    on.answering.script = () => ({ ended: 'sent' })
    expect(on.arrived.map(({ titles }) => titles.length)).toEqual([3])
    on.clock.leap(hours(1))
    await on.run()
    on.clock.leap(hours(1))
    await on.run()
    expect(on.arrived.map(({ titles }) => titles.length)).toEqual([3, 1])
    expect(new Set(on.arrived.map(({ key }) => key)).size).toBe(2)
  })

  it('a digest that another process sends just now is left as it is', async () => {
    const on = createNotified({ db: db() })
    await on.add('plain', 'one')
    await wish(on, { digest: 'hourly' })
    await on.issue(await on.call())
    await on.run()
    await sql`update delivery set state = 'sending', attempts = 1, claimed_until = 'infinity'`.execute(db())
    await on.issue(await on.call())
    await on.run()
    const keys = (await log(on)).map(({ notices, dueAt, state }) => [state, notices, dueAt])
    expect(keys).toEqual([
      ['waiting', 1, new Date(notifiedAt + hours(2)).toISOString()],
      ['sending', 1, new Date(notifiedAt + hours(1)).toISOString()],
    ])
  })

  it('quiet hours hold what can wait, and what is urgent only if that was not asked for', async () => {
    const on = createNotified({ db: db() })
    await on.add('plain', 'one')
    const quietHours = { from: '08:00', to: '10:00' }
    await wish(on, { quietHours, urgentAtOnce: true })
    const call = await on.call()
    await on.tell('target1', call)
    await on.tell('stop', call)
    await on.run()
    expect(on.arrived.map(({ titles }) => titles)).toEqual([['BUY BTC: stop reached']])
    on.clock.leap(hours(1) - seconds(20))
    await on.run()
    expect(on.arrived).toHaveLength(1)
    on.clock.leap(seconds(20))
    await on.run()
    expect(on.arrived.map(({ titles }) => titles[0])).toEqual(['BUY BTC: stop reached', 'BUY BTC: target 1 reached'])
  })

  it('an old BUY is not delivered after an outage, but stands in the app and in the log', async () => {
    const on = createNotified({ db: db() })
    await on.add('knows', 'one')
    const call = await on.call()
    await on.issue(call)
    await on.tell('stop', call)
    on.clock.leap(hours(1))
    await on.run()
    expect(on.arrived.map(({ titles }) => titles)).toEqual([['BUY BTC: stop reached']])
    expect((await inApp(on)).items).toHaveLength(2)
    expect((await log(on)).map(({ state }) => state).toSorted()).toEqual(['expired', 'sent'])
  })

  it('a target gets one message a second', async () => {
    const on = createNotified({ db: db() })
    await on.add('plain', 'one')
    for (let i = 0; i < 5; i++) await on.issue(await on.call())
    await on.run()
    const gaps = on.arrived.map(({ at }, i) => (i === 0 ? 1_000 : at - on.arrived[i - 1]!.at))
    expect(on.arrived).toHaveLength(5)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000)
  })
}

function testEnds(db: () => Db): void {
  const later = (afterMs: number | null = null): Delivered => ({ ended: 'later', why: 'busy', afterMs })

  it('is tried again after 5 s, 30 s, 2, 10 and 30 min under one key, then given up', async () => {
    const on = createNotified({ db: db(), script: () => later() })
    await on.add('plain', 'one')
    await on.tell('stop', await on.call())
    await on.run(hours(3))
    const [first] = on.arrived
    expect(on.arrived.map(({ at, key }) => [Math.round((at - first!.at) / 1000), key === first!.key])).toEqual(
      [0, 5, 35, 155, 755, 2_555].map((at) => [at, true]),
    )
    expect(await log(on)).toMatchObject([{ state: 'expired', attempts: 6, problem: 'given up after 6 attempts: busy' }])
  })

  it('waits as long as the receiver said, with everything for that target', async () => {
    const on = createNotified({ db: db() })
    await on.add('plain', 'one')
    const call = await on.call()
    await on.tell('stop', call)
    await on.tell('target1', call)
    on.answering.script = () => (on.arrived.length === 1 ? later(minutes(3)) : { ended: 'sent' })
    await on.run(minutes(10))
    const [first, ...rest] = on.arrived.map(({ at }) => at)
    expect(rest).toHaveLength(2)
    for (const at of rest) expect(at - first!).toBeGreaterThanOrEqual(minutes(3))
  })

  it('a receiver that says to wait for years is asked again after a day', async () => {
    const on = createNotified({ db: db(), script: () => later(days(10_000)) })
    await on.add('plain', 'one')
    await on.tell('stop', await on.call())
    await on.run()
    on.clock.leap(days(1))
    on.answering.script = () => ({ ended: 'sent' })
    await on.issue(await on.call())
    await on.run()
    expect((await log(on)).map(({ state }) => state)).toEqual(['sent', 'expired'])
  })

  it('a target that is gone is switched off with the reason, and nothing more is sent there', async () => {
    const on = createNotified({ db: db(), script: () => ({ ended: 'gone', why: 'no such hook' }) })
    await on.add('plain', 'one')
    const call = await on.call()
    await on.tell('stop', call)
    await on.tell('target1', call)
    await on.run()
    await on.run()
    expect(on.arrived).toHaveLength(1)
    const { items } = await on.routes.channels(asked(on))
    expect(items[0]).toMatchObject({ enabled: false, problem: 'no such hook' })
    expect((await log(on)).map(({ state, problem }) => `${state}: ${problem}`).toSorted()).toEqual([
      'refused: no such hook',
      'refused: the channel is switched off',
    ])
  })

  it('a test is sent now and once, says how it went, and the next one has to wait a moment', async () => {
    const on = createNotified({ db: db(), script: () => later() })
    const id = await on.add('plain', 'one')
    const test = () => on.routes.testChannel({ ...asked(on), params: { id } })
    expect(await test()).toMatchObject({ state: 'refused', problem: 'busy', titles: ['Test notice'], attempts: 1 })
    await expect(test()).rejects.toMatchObject({ code: 'tooMany' })
    on.clock.leap(1_000)
    on.answering.script = () => ({ ended: 'sent' })
    expect(await test()).toMatchObject({ state: 'sent', problem: null })
    on.clock.leap(hours(1))
    await on.run(hours(1))
    expect(on.arrived).toHaveLength(2)
  })

  const went = fc.constantFrom<Delivered | 'throws' | 'dies'>(
    { ended: 'sent' },
    { ended: 'gone', why: 'gone' },
    { ended: 'refused', why: 'no' },
    { ended: 'maybe', why: 'cut off' },
    later(),
    later(minutes(1)),
    'throws',
    'dies',
  )

  it('whatever receivers answer, one message ends in one way, under one key, and is never repeated to who cannot know', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('knows' as const, 'plain' as const),
        fc.array(went, { maxLength: 9 }),
        async (kind, answers) => {
          await empty(db())
          const on = createNotified({ db: db(), claimMs: -1 })
          await on.add(kind, 'one')
          await on.tell('stop', await on.call())
          const fates: (Delivered['ended'] | 'unknown')[] = []
          on.answering.script = async () => {
            const answer = answers[fates.length] ?? { ended: 'sent' as const }
            fates.push(answer === 'throws' || answer === 'dies' || answer.ended === 'maybe' ? 'unknown' : answer.ended)
            if (answer === 'throws') throw new Error('a bug')
            if (answer === 'dies') await on.kill(on.arrived.at(-1)!)
            return answer === 'dies' ? { ended: 'maybe', why: 'died' } : answer
          }
          let [row] = await log(on)
          for (let i = 0; i < 12 && !row?.endedAt; i++) {
            await on.run()
            await on.bury()
            on.clock.leap(minutes(40))
            ;[row] = await log(on)
          }
          expect(['sent', 'maybe', 'refused', 'expired']).toContain(row!.state)
          expect(fates.length).toBeLessThanOrEqual(6)
          expect(new Set(on.arrived.map(({ key }) => key)).size).toBe(1)
          const open = fates.slice(0, -1)
          expect(open.every((fate) => fate === 'later' || (fate === 'unknown' && kind === 'knows'))).toBe(true)
          if (fates.at(-1) === 'sent') expect(row!.state).toBe('sent')
        },
      ),
      { numRuns: 40 },
    )
  })
}

/** How often each message arrived at each target. */
const counted = (arrived: readonly Arrived[]): number[] => {
  const counts = new Map<string, number>()
  for (const { target, key } of arrived) counts.set(`${target} ${key}`, (counts.get(`${target} ${key}`) ?? 0) + 1)
  return [...counts.values()]
}

function testDeaths(db: () => Db, deaths: number): void {
  it(`${deaths} senders killed between sending and writing it down repeat nothing to who cannot know, and one key to who can`, async () => {
    const on = createNotified({ db: db(), claimMs: -1, seed: 11 })
    for (let i = 0; i < 20; i++) await on.add(i % 2 === 0 ? 'knows' : 'plain', `target-${i}`)
    const call = await on.call()
    for (let version = 1; version <= deaths / 20; version++) await on.tell('corrected', call, version)
    const killed = new Set<string>()
    on.answering.script = async (arrived) => {
      const message = `${arrived.target} ${arrived.key}`
      if (killed.has(message)) return { ended: 'sent' }
      killed.add(message)
      await on.kill(arrived)
      return { ended: 'sent' }
    }
    // A target whose sender died waits until its claim has run out, so that each round kills one of each target.
    for (let round = 0; round < 200 && (await isOpen(db())); round++) {
      await on.run(seconds(2))
      await on.bury()
    }
    expect(killed.size).toBe(deaths)
    expect(counted(on.arrived.filter(({ kind }) => kind === 'knows'))).toEqual(Array(deaths / 2).fill(2))
    expect(counted(on.arrived.filter(({ kind }) => kind === 'plain'))).toEqual(Array(deaths / 2).fill(1))
    const { rows } = await sql`select channel.kind, state, count(*) as n from delivery
      join notification_channel channel on channel.id = channel_id group by 1, 2 order by 1`.execute(db())
    expect(rows).toEqual([
      { kind: 'knows', state: 'sent', n: deaths / 2 },
      { kind: 'plain', state: 'maybe', n: deaths / 2 },
    ])
  }, 240_000)
}

async function isOpen(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from delivery where state in ('waiting', 'sending')
    union all select 1 from outbox where spread_at is null limit 1`.execute(db)
  return rows.length > 0
}

function testManyAtOnce(db: () => Db): void {
  it('three workers over one database send each message once to each target', async () => {
    const arrivedAll: Arrived[] = []
    const workers = [21, 22, 23].map((seed) =>
      createNotified({ db: db(), seed, script: (one) => (arrivedAll.push(one), { ended: 'sent' }) }),
    )
    const [on] = workers as [Notified, ...Notified[]]
    for (let i = 0; i < 8; i++) await on.add(i % 2 === 0 ? 'knows' : 'plain', `target-${i}`)
    const call = await on.call()
    for (let version = 1; version <= 25; version++) await on.tell('corrected', call, version)
    await Promise.all(workers.map((worker) => worker.run(minutes(30))))
    expect(counted(arrivedAll)).toEqual(Array(200).fill(1))
    expect((await log(on, 500)).map(({ state }) => state)).toEqual(Array(200).fill('sent'))
    for (const worker of workers) expect(worker.log.entries.filter(({ level }) => level === 'error')).toEqual([])
  })
}
