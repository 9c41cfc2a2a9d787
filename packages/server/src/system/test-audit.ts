import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createAuditLog, type AuditLog } from './audit.ts'
import { createAuditRoute } from './audit-routes.ts'

const event = {
  operation: 'accounts.login',
  userId: 'ann',
  via: 'none',
  address: '192.0.2.1',
  target: null,
  requestId: 'request-1',
  status: 401,
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { code?: string; message: string }) => [error.code, error.message],
  )

/** What the audit log owes on either database. */
export function testAudit(name: string, db: () => Db): void {
  describe(`the audit log on ${name}`, () => {
    const time = { now: Date.UTC(2026, 0, 5, 12) }
    let log: AuditLog
    beforeAll(() => void (log = createAuditLog({ db: db(), clock: { now: () => time.now } })))

    it('tells what was written, newest first, page by page', async () => {
      for (let i = 1; i <= 7; i++) await log.write({ ...event, status: 400 + i, note: i === 7 ? 'the last' : null })
      await log.write({ ...event, userId: 'bob', operation: 'accounts.logout', status: 200 })
      const audit = createAuditRoute({ auditLog: log })
      const ask = async (query: object) => audit({ query: { limit: 3, ...query } } as never)
      const first = await ask({ user: 'ann' })
      expect(first.items.map(({ status }) => status)).toEqual([407, 406, 405])
      expect(first.items[0]).toMatchObject({ at: '2026-01-05T12:00:00.000Z', note: 'the last', address: '192.0.2.1' })
      const second = await ask({ user: 'ann', cursor: first.next! })
      const third = await ask({ user: 'ann', cursor: second.next! })
      expect([...second.items, ...third.items].map(({ status }) => status)).toEqual([404, 403, 402, 401])
      expect(third.next).toBeNull()
      expect((await ask({ operation: 'accounts.logout' })).items.map(({ userId }) => userId)).toEqual(['bob'])
    })

    it('tells what ended so, was done to whom and when', async () => {
      const audit = createAuditRoute({ auditLog: log })
      const told = async (query: object) => {
        const { items } = await audit({ query: { limit: 100, user: 'dora', ...query } } as never)
        return items.map(({ status }) => status)
      }
      const hour = (h: number) => Date.UTC(2026, 1, 1, h)
      for (const [h, status, target] of [
        [8, 200, 'key-1'],
        [9, 399, null],
        [10, 400, 'key-1'],
        [11, 499, null],
        [12, 500, null],
      ] as const) {
        time.now = hour(h)
        await log.write({ ...event, userId: 'dora', status, target })
      }
      expect(await told({ outcome: 'done' })).toEqual([399, 200])
      expect(await told({ outcome: 'refused' })).toEqual([499, 400])
      expect(await told({ outcome: 'failed' })).toEqual([500])
      expect(await told({ target: 'key-1' })).toEqual([400, 200])
      expect(await told({ from: '2026-02-01T09:00:00.000Z', to: '2026-02-01T11:00:00.000Z' })).toEqual([400, 399])
      expect(await told({ from: '2026-02-01T09:00:00.000Z', outcome: 'done', target: 'key-1' })).toEqual([])
    })

    it('is only added to: the database refuses to change, delete and empty it', async () => {
      const before = await log.list({ userId: null, operation: null, before: null, limit: 100 })
      expect(before.length).toBeGreaterThan(0)
      const refused = ['23001', expect.stringContaining('the audit log is only added to')]
      expect(await codeOf(db().updateTable('auditLog').set({ status: 200 }).execute())).toEqual(refused)
      expect(await codeOf(db().deleteFrom('auditLog').where('userId', '=', 'ann').execute())).toEqual(refused)
      expect(await codeOf(sql`truncate audit_log`.execute(db()))).toEqual(refused)
      const over = sql`insert into audit_log (id, at, via, operation, status) overriding system value
        values (${before[0]!.id}, now(), 'none', 'x', 200) on conflict do nothing`
      await codeOf(over.execute(db()))
      expect(await log.list({ userId: null, operation: null, before: null, limit: 100 })).toEqual(before)
    })

    it('lets go of what is older than 400 days, and of nothing younger', async () => {
      const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db())
      const here = new Date(rows[0]!.now).getTime()
      for (const age of [399, 402]) {
        time.now = here - age * 86_400_000
        await log.write({ ...event, userId: 'carl', status: age })
      }
      time.now = here
      await log.forget()
      const left = await log.list({ userId: 'carl', operation: null, before: null, limit: 10 })
      expect(left.map(({ status }) => status)).toEqual([399])
    })
  })
}
