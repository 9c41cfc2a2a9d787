import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSavedDb } from '../db/saved-db.ts'
import type { Db } from '../db/db.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { startModelServer, says, type ModelServer } from '../testing/model-server.ts'
import { createJournal, forgetModelJournal } from './journal.ts'
import { good, openModel, question, testKey } from './test-model.ts'

let db: Db
let server: ModelServer
beforeAll(async () => {
  ;[db, server] = await Promise.all([
    createSavedDb(),
    startModelServer(),
    import('ai'),
    import('@ai-sdk/openai-compatible'),
  ])
}, 120_000)
afterAll(async () => {
  await server.close()
  await db.destroy()
})
beforeEach(() => {
  server.forget()
  server.answer(says.json(good))
})

const fresh = (settings = {}) =>
  openModel({ db, upstream: server.upstream, settings: { usdPerDay: 1_000, ...settings } })

describe('equal questions', () => {
  it('at once, a thousand of them, are one call', { timeout: 60_000 }, async () => {
    server.answer(says.slow(says.json(good), 50))
    const { model, close } = fresh()
    const same = question({ timeoutMs: 10_000 })
    const replies = await Promise.all(
      Array.from({ length: 1_000 }, (_, i) => model.ask({ ...same, caller: { userId: `user-${i}` } })),
    )
    expect(server.calls).toHaveLength(1)
    expect(new Set(replies.map((reply) => JSON.stringify(reply.ending === 'answered' && reply.answer))).size).toBe(1)
    expect(replies.filter(({ fromJournal }) => !fromJournal)).toHaveLength(1)
    await close()
  })

  it('of two processes are one call: the second waits for the answer of the first', async () => {
    server.answer(says.slow(says.json(good), 200))
    const both = [fresh(), fresh()]
    const same = question()
    const replies = await Promise.all(both.map(({ model }) => model.ask(same)))
    expect(replies.map(({ ending }) => ending)).toEqual(['answered', 'answered'])
    expect(replies.filter(({ fromJournal }) => fromJournal)).toHaveLength(1)
    expect(server.calls).toHaveLength(1)
    for (const { close } of both) await close()
  })

  it('are answered from the journal after a restart, with the tokens and the cost of then, and nothing is spent', async () => {
    const before = fresh()
    const same = question()
    const first = await before.model.ask(same)
    await before.close()
    const after = fresh()
    const spent = (await after.model.health()).usdToday
    const second = await after.model.ask(same)
    expect(second).toEqual({ ...first, fromJournal: true, latencyMs: expect.any(Number) })
    expect((await after.model.health()).usdToday).toBe(spent)
    expect(server.calls).toHaveLength(1)
    await after.close()
  })

  it('are asked anew when they were not answered, and when model, words or schema differ', async () => {
    const { model, close } = fresh()
    const same = question()
    server.next(says.refusal())
    expect((await model.ask(same)).ending).toBe('refused')
    expect((await model.ask(same)).ending).toBe('answered')
    const other = fresh({ model: 'gpt-4o-mini' })
    const hashes = await Promise.all([
      model.ask(same),
      other.model.ask(same),
      model.ask({ ...same, instructions: 'Weigh it twice.' }),
      model.ask({ ...same, schemaName: 'verdict' }),
    ])
    expect(new Set(hashes.map(({ promptHash }) => promptHash)).size).toBe(4)
    expect(server.calls).toHaveLength(5)
    await close()
    await other.close()
  })

  it('of a process that died while asking are asked by the next, once its claim has run out', async () => {
    const { model, close } = fresh()
    const same = question()
    const { promptHash } = await model.ask(same)
    await db.deleteFrom('modelJournal').where('promptHash', '=', promptHash).execute()
    await db
      .insertInto('modelJournal')
      .values({ promptHash, purpose: 'analyst', model: 'gpt-4o', claimHolder: 'dead', answer: null })
      .execute()
    const claimed = `update model_journal set claim_until = clock_timestamp() + interval '300 milliseconds'`
    const { sql } = await import('kysely')
    await sql.raw(`${claimed} where prompt_hash = '${promptHash}'`).execute(db)
    const reply = await model.ask(same)
    expect(reply).toMatchObject({ ending: 'answered', fromJournal: false })
    expect(reply.latencyMs).toBeGreaterThan(200)
    await close()
  })

  it('let one asker go without the others', async () => {
    server.answer(says.slow(says.json(good), 200))
    const { model, close } = fresh()
    const same = question()
    const stop = new AbortController()
    const leaving = model.ask({ ...same, abort: stop.signal })
    const staying = model.ask(same)
    while (server.calls.length === 0) await new Promise((done) => setTimeout(done, 5))
    stop.abort(new Error('gone home'))
    await expect(leaving).rejects.toThrow('gone home')
    expect((await staying).ending).toBe('answered')
    await close()
  })
})

describe('what is kept', () => {
  it('holds no key, even where a vendor or a model repeats it', async () => {
    const { model, log, close } = fresh()
    server.next(says.json({ ...good, why: `the key is ${testKey}` }))
    await model.ask(question())
    server.next({
      ...says.unauthorized(),
      body: JSON.stringify({ error: { message: testKey, code: testKey } }),
    })
    await model.ask(question())
    const kept = await Promise.all([
      db.selectFrom('modelJournal').selectAll().execute(),
      db.selectFrom('modelAttempt').selectAll().execute(),
      model.health(),
    ])
    const all = JSON.stringify([kept, log.entries])
    expect(all).toContain('the key is ***')
    expect(all).not.toContain(testKey)
    expect(all).not.toContain('Bearer')
    await close()
  })

  it('is forgotten after ninety days', async () => {
    const { model, close } = fresh()
    const [analyst, reader] = [await model.ask(question()), await model.ask(question({ purpose: 'reader' }))]
    const there = async () => {
      const rows = await db.selectFrom('modelJournal').select('promptHash').execute()
      return [analyst, reader].map(({ promptHash }) => rows.some((row) => row.promptHash === promptHash))
    }
    await forgetModelJournal(db, Date.now() + 89 * 86_400_000)
    expect(await there()).toEqual([true, true])
    await forgetModelJournal(db, Date.now() + 91 * 86_400_000)
    expect(await there()).toEqual([false, false])
    expect(await db.selectFrom('modelAttempt').selectAll().execute()).toEqual([])
    await close()
  })

  it('keeps no question that a process was killed over', async () => {
    const killed = { hash: 'killed', purpose: 'analyst', model: 'gpt-4o' }
    expect(await createJournal({ db }).answerOrClaim(killed, 'it', 1_000)).toBe('ours')
    const there = () => db.selectFrom('modelJournal').select('promptHash').where('promptHash', '=', 'killed').execute()
    await forgetModelJournal(db, Date.now())
    expect(await there()).toHaveLength(1)
    await forgetModelJournal(db, Date.now() + 91 * 86_400_000)
    expect(await there()).toEqual([])
  })
})

describe('a model that is switched off', () => {
  const at = (day: string) => createManualClock(Date.parse(`${day}T12:00:00.000Z`))
  const opened = (day: string, settings = {}) =>
    openModel({ db, upstream: server.upstream, clock: at(day), settings: { usdPerDay: 1_000, ...settings } })
  const warnings = ({ log }: { log: { entries: readonly { level: string; sentence: string }[] } }) =>
    log.entries.filter(({ level }) => level === 'warn').map(({ sentence }) => sentence)

  it('is warned of from sixty days before, and nothing is said earlier', async () => {
    const cases = [
      ['2026-11-14', []],
      ['2026-11-16', ['gpt-4o is switched off on 2027-01-14: then gpt-6-luna is asked']],
    ] as const
    for (const [day, said] of cases) {
      const one = opened(day)
      await one.model.start()
      expect(warnings(one)).toEqual(said)
      await one.close()
    }
  })

  it('is replaced by its successor from that day on', async () => {
    const one = opened('2027-01-14')
    expect(one.model.id()).toBe('gpt-6-luna')
    expect(await one.model.ask(question())).toMatchObject({ ending: 'answered', model: 'gpt-6-luna' })
    expect(warnings(one)).toEqual(['gpt-4o is switched off: gpt-6-luna is asked instead'])
    await one.close()
  })

  it('is switched off when its vendor says so at start', async () => {
    server.knows('gpt-6-sol', '2026-12-01')
    const one = opened('2026-11-20', { model: 'gpt-6-sol' })
    await one.model.start()
    expect(server.looks).toEqual(['gpt-6-sol'])
    expect(warnings(one)).toEqual(['gpt-6-sol is switched off on 2026-12-01: then gpt-6-luna is asked'])
    expect(await one.model.health()).toMatchObject({ shutdownDate: '2026-12-01' })
    await one.close()
  })

  it('does not hinder the start when its vendor says nothing', async () => {
    const one = openModel({ db, upstream: 'http://127.0.0.1:1' })
    await expect(one.model.start()).resolves.toBeUndefined()
    await one.close()
  })
})
