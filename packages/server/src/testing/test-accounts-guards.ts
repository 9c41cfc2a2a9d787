import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { credentialHash } from '../accounts/credential-hash.ts'
import { systemClock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { openAccountServer, password, signUp, type AccountServer } from './account-server.ts'
import { refused } from './test-accounts-words.ts'

/** What an attacker or a hurry must not bring about. */
export function testAccountGuards(server: () => AccountServer, pairs: number): void {
  testRefreshing(server)
  testEnumeration(server, pairs)
  testGuessing(server)
  testSecrets(server)
}

function testRefreshing(server: () => AccountServer): void {
  it('sign nobody out however many tokens are made at once', async () => {
    const { client, sessionToken } = await signUp(server())
    let lost = 0
    for (let round = 0; round < 20; round++) {
      const asked = Array.from({ length: 20 }, () => server().bearer(sessionToken).accounts.refresh())
      lost += (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected').length
    }
    expect(lost).toBe(0)
    expect((await client.sessions()).items).toHaveLength(1)
  })

  it('make no token of a session that was signed out, revoked, or has ended', async () => {
    const { db, bearer } = server()
    const { user } = await signUp(server())
    const [now, past] = [new Date(systemClock.now() + 3_600_000).toISOString(), new Date(0).toISOString()]
    const tokens = Array.from({ length: 200 }, () => systemIds.next().replaceAll('-', ''))
    const rows = tokens.map((token, i) => ({
      id: systemIds.next(),
      userId: user.id,
      token: credentialHash(token),
      // A third has ended by itself, a third of age.
      expiresAt: i % 3 === 0 ? past : now,
      createdAt: i % 3 === 1 ? past : new Date(systemClock.now()).toISOString(),
      updatedAt: now,
      ipAddress: null,
      userAgent: null,
    }))
    await db.insertInto('authSession').values(rows).execute()
    for (const [i, token] of tokens.entries()) {
      if (i % 3 !== 2) continue
      const own = bearer(token).accounts
      if (i % 2 === 0) await own.logout()
      else await own.endSession({ params: { id: rows[i]!.id } })
    }
    const made = await Promise.allSettled(tokens.map((token) => bearer(token).accounts.refresh()))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(0)
    const own = () => db.selectFrom('authSession').select('id').where('userId', '=', user.id).execute()
    const { length: before } = await own()
    for (const { run } of server().accounts.jobs) await (run as () => Promise<void>)()
    // Those that were signed out or revoked are gone already.
    expect(before - (await own()).length).toBe(134)
  })

  it('make tokens of sessions alone', async () => {
    const { client, token } = await signUp(server())
    await expect(server().bearer(token).accounts.refresh()).rejects.toEqual(refused('unauthenticated', 'session'))
    const { key } = await client.createApiKey({ body: { name: 'k', scopes: ['read', 'write'] } })
    await expect(server().bearer(key).accounts.refresh()).rejects.toEqual(refused('forbidden'))
  })
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!

function testEnumeration(server: () => AccountServer, pairs: number): void {
  it('do not tell by answer or work whether an address is known', async ({ annotate }) => {
    const { email } = await signUp(server())
    const { http, hashed } = server()
    const ask = async (path: string, payload: object) => {
      const [before, at] = [hashed.times, systemClock.monotonic()]
      const answer = await http.inject({ method: 'POST', url: `/api/v1/auth/${path}`, payload })
      const { requestId: _, ...body } = answer.json<{ requestId?: string }>()
      return {
        ms: systemClock.monotonic() - at,
        work: hashed.times - before,
        said: JSON.stringify([answer.statusCode, body]),
      }
    }
    const questions = {
      login: (address: string) => ask('login', { email: address, password: 'six brown ladders hum' }),
      register: (address: string) => ask('register', { email: address, password }),
    }
    for (const [name, question] of Object.entries(questions)) {
      const took: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
      for (let i = 0; i < (name === 'login' ? pairs : 10); i++) {
        const known = await question(email)
        const unknown = await question(`nobody${i}${name}@example.com`)
        expect([unknown.said, unknown.work]).toEqual([known.said, known.work])
        expect(known.work).toBe(1)
        took.known.push(known.ms)
        took.unknown.push(unknown.ms)
      }
      const [a, b] = [median(took.known), median(took.unknown)]
      await annotate(
        `${name}: ${a.toFixed(1)} ms known, ${b.toFixed(1)} ms unknown, ${((b / a - 1) * 100).toFixed(1)} % apart`,
      )
    }
  }, 120_000)
}

function testGuessing(server: () => AccountServer): void {
  it('look at no more guesses than are allowed, by account and by address, and say when to come again', async () => {
    const strict = await openAccountServer({ db: server().db, limits: { registerFrom: 1e6 } })
    try {
      const { email } = await signUp(strict)
      const before = strict.hashed.times
      const guess = (address: string, remoteAddress: string) =>
        strict.http.inject({
          method: 'POST',
          url: '/api/v1/auth/login',
          payload: { email: address, password: 'a wrong one' },
          remoteAddress,
        })
      const ofAccount = await Promise.all(
        Array.from({ length: 300 }, (_, i) => guess(email, `10.0.${i >> 8}.${i & 255}`)),
      )
      expect(ofAccount.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10)
      expect(strict.hashed.times - before).toBe(10)
      const last = ofAccount.at(-1)!
      expect([last.statusCode, Number(last.headers['retry-after']) > 0]).toEqual([429, true])
      // One subscriber of IPv6 has many addresses.
      const many = await Promise.all(
        Array.from({ length: 100 }, (_, i) => guess(`other${i}@example.com`, `2001:db8:1:2::${i.toString(16)}`)),
      )
      expect(many.filter(({ statusCode }) => statusCode === 401)).toHaveLength(30)
      expect((await guess('another@example.com', '2001:db8:9:9::1')).statusCode).toBe(401)
      expect(strict.hashed.times - before).toBe(41)
    } finally {
      await strict.close()
    }
  })

  it.each([
    'aaaaaaaaaaaaaaaa',
    'abcdefghijklmnop',
    '123456789012',
    'password1234',
    'Password2024!',
    'qwertyuiop123',
    'pumpiqpumpiq',
    'ann.example.com',
  ])('take no password that is guessed first: %s', async (guessed) => {
    const body = { email: 'ann.example@example.com', password: guessed }
    await expect(server().as().accounts.register({ body })).rejects.toEqual(refused('invalid', 'guessed'))
  })
}

function testSecrets(server: () => AccountServer): void {
  it('leave no secret in the log or in the database', async () => {
    const { db, log } = server()
    const { client, email, token, sessionToken } = await signUp(server())
    const { key } = await client.createApiKey({ body: { name: 'planted', scopes: ['read'] } })
    const { uri, backupCodes } = await client.enableTwoFactor({ body: { password } })
    const wrong = 'planted wrong password of these'
    for (const body of [
      { email, password: wrong },
      { email, password },
    ])
      await server()
        .as()
        .accounts.login({ body })
        .catch(() => {})
    await server()
      .bearer(`${sessionToken.slice(0, -1)}x`)
      .accounts.profile()
      .catch(() => {})
    const planted = [
      password,
      wrong,
      token,
      sessionToken,
      key,
      new URL(uri).searchParams.get('secret')!,
      ...backupCodes,
    ]
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db)
    let dump = JSON.stringify(log.entries)
    for (const { name } of rows) {
      const told = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} as t`.execute(db)
      dump += told.rows.map(({ row }) => row).join('\n')
    }
    expect(dump).toContain(email)
    expect(planted.filter((secret) => dump.includes(secret))).toEqual([])
  })
}
