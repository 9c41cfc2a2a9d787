import type { DBAdapter } from 'better-auth/adapters'
import { credentialHash } from './credential-hash.ts'

type Adapter = DBAdapter
type Where = { field: string; value: unknown }
type Asked = { model: string; where?: readonly Where[]; data?: object; update?: object }

const hashed = (value: unknown): unknown =>
  typeof value === 'string' ? credentialHash(value) : Array.isArray(value) ? value.map(hashed) : value

const hasToken = (row: object): row is { token: string } => 'token' in row && typeof row.token === 'string'

const withHash = <T extends object>(row: T): T => (hasToken(row) ? { ...row, token: credentialHash(row.token) } : row)

/** The same question with hashes where it says a session's token. */
function asKept<T extends Asked>(asked: T): T {
  if (asked.model !== 'session') return asked
  const { where, data, update } = asked
  return {
    ...asked,
    ...(where && { where: where.map((one) => (one.field === 'token' ? { ...one, value: hashed(one.value) } : one)) }),
    ...(data && { data: withHash(data) }),
    ...(update && { update: withHash(update) }),
  }
}

/** The token itself, which nobody but who asks with it knows. */
function asAsked<R>({ model, where, data }: Asked, row: R): R {
  if (model !== 'session' || row === null || typeof row !== 'object' || !hasToken(row)) return row
  const said = data && hasToken(data) ? data.token : where?.find(({ field }) => field === 'token')?.value
  return typeof said === 'string' && credentialHash(said) === row.token ? { ...row, token: said } : row
}

/**
 * The library's way to the database, with tokens of sessions kept as hashes: whoever reads the database, or a backup, cannot sign in by what
 * he finds. Lists of a user's sessions therefore show hashes.
 */
export function withHashedSessions(inner: Adapter): Adapter {
  /** Typed by what stands at its place: it changes no shape. */
  const one = <F>(ask: F): F => {
    const work = ask as (asked: Asked) => Promise<unknown>
    return (async (asked: Asked) => asAsked(asked, await work(asKept(asked)))) as F
  }
  const { create, findOne, findMany, count, update, updateMany, delete: remove, deleteMany } = inner
  const { consumeOne, incrementOne, transaction } = inner
  return {
    ...inner,
    create: one(create),
    findOne: one(findOne),
    findMany: one(findMany),
    count: one(count),
    update: one(update),
    updateMany: one(updateMany),
    delete: one(remove),
    deleteMany: one(deleteMany),
    consumeOne: one(consumeOne),
    incrementOne: one(incrementOne),
    transaction: (work) => transaction((tx) => work(withHashedSessions(tx as Adapter))),
  }
}
