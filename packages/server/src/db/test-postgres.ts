import pg from 'pg'
import { silentLog } from '../platform/log.ts'
import { systemIds } from '../platform/ids.ts'
import { createSecret, type Secret } from '../platform/secret.ts'
import { createDb, type Db } from './db.ts'

const server = 'postgres://postgres@127.0.0.1:5432'

/** Whether the PostgreSQL of the tests answers. Tests that need it skip aloud where it does not. */
export async function isPostgresThere(): Promise<boolean> {
  const client = new pg.Client({ connectionString: `${server}/test`, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** An empty database of its own for one test. */
export async function createDatabase(): Promise<{ url: Secret; drop(): Promise<void> }> {
  const name = `pumpiq_${systemIds.next().replaceAll('-', '')}`
  await onServer(`create database ${name}`)
  return { url: createSecret(`${server}/${name}`), drop: () => onServer(`drop database ${name} with (force)`) }
}

/** The same, migrated and opened; `drop` closes and removes it. */
export async function createPostgresDb(): Promise<{ db: Db; drop(): Promise<void> }> {
  const { url, drop } = await createDatabase()
  const db = await createDb({ url, label: 'live', log: silentLog })
  return {
    db,
    async drop() {
      await db.destroy()
      await drop()
    },
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/test` })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
