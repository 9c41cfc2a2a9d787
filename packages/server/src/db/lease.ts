import { sql } from 'kysely'
import { Failure } from '@pumpiq/domain'
import type { Db, Tx } from './db.ts'

/** The right to do what only one process may do at a time; `epoch` grows with every change of hands. */
export type Lease = { readonly name: string; readonly holder: string; readonly epoch: number }

/**
 * Takes a lease that is free, run out or our own, for so long from now by the database's clock; null while another holds it. Taking one's own
 * again keeps the epoch. Who only waits locks nothing.
 */
export async function takeLease(
  db: Db,
  { name, holder, forMs }: { name: string; holder: string; forMs: number },
): Promise<Lease | null> {
  const { rows: others } = await sql`
    select 1 from lease where name = ${name} and holder <> ${holder} and expires_at >= clock_timestamp()`.execute(db)
  if (others.length > 0) return null
  const { rows } = await sql<{ epoch: number }>`
    insert into lease (name, holder, epoch, expires_at)
    values (${name}, ${holder}, 1, clock_timestamp() + ${forMs}::float8 * interval '1 millisecond')
    on conflict (name) do update set
      epoch = lease.epoch + case when lease.holder = excluded.holder then 0 else 1 end,
      holder = excluded.holder,
      expires_at = excluded.expires_at
    where lease.holder = excluded.holder or lease.expires_at < clock_timestamp()
    returning epoch`.execute(db)
  const row = rows[0]
  return row ? { name, holder, epoch: row.epoch } : null
}

/**
 * To be called first in every transaction that writes by right of a lease: locks its row until the transaction ends, so that nobody takes it
 * over meanwhile, and refuses (conflict) when somebody has. A holder that was frozen past its time cannot write.
 */
export async function fence(tx: Tx, { name, holder, epoch }: Lease): Promise<void> {
  const { rows } = await sql<{ epoch: number }>`
    select epoch from lease where name = ${name} and holder = ${holder} and epoch = ${epoch} for share`.execute(tx)
  if (rows.length === 0) {
    throw new Failure('conflict', `the lease ${name} of epoch ${epoch} has been taken over: nothing is written`)
  }
}

/** Gives it back, so that another need not wait for its end. */
export async function dropLease(db: Db, { name, holder, epoch }: Lease): Promise<void> {
  await sql`update lease set expires_at = '-infinity'
    where name = ${name} and holder = ${holder} and epoch = ${epoch}`.execute(db)
}
