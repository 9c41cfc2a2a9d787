import { createReadStream, existsSync } from 'node:fs'
import type { Db } from '../db/db.ts'
import { exportLines } from './export.ts'
import type { Fault, Verdict } from './fault.ts'
import { linesOf } from './lines.ts'
import { readLine } from './read-line.ts'
import { readRows } from './rows.ts'
import type { Head } from './seal.ts'
import { createVerifier, verifyExport } from './verify.ts'

/** The ledger as it is kept: each place by itself, then one against the other. */
export type KeptVerdict = {
  readonly ok: boolean
  readonly database: Verdict | null
  readonly file: Verdict | null
  /** Where both have a record and differ; a place's own faults stand in its verdict. */
  readonly disagreement: string | null
  /** What is not a fault, but is told. */
  readonly notes: readonly string[]
}

/** `isLive`: another process holds the folder and may be in the middle of a line. Null: that place is not looked at. */
type Places = { db: Db | null; path: string | null; isLive?: boolean }

export async function verifyKept({ db, path, isLive = false }: Places): Promise<KeptVerdict> {
  const database = db && (await verifyExport(exportLines(db)))
  const read = path !== null && existsSync(path) ? await verifyFile(path, database?.head ?? null, isLive) : null
  const file = read?.verdict ?? null
  const notes: string[] = []
  let disagreement: string | null = null
  if (db && database && file) {
    const [here, there] = [database.head?.seq ?? 0, file.head?.seq ?? 0]
    const common = Math.min(here, there)
    const own = common > 0 ? (await readRows(db, common, 1))[0]?.hash : undefined
    const others = here <= there ? read?.hashAtHead : file.head?.hash
    if (common > 0 && own !== others)
      disagreement = `record ${common} has the hash ${own} in the database and ${others} in the file`
    else if (here < there)
      notes.push(`the database lacks the last ${there - here} of the file's records; the next start puts them back`)
    else if (there < here)
      notes.push(`the file lacks the last ${here - there} of the database's records; the next start writes them`)
  }
  if (path !== null && !file && (database?.count ?? 0) > 0) notes.push(`there is no ${path}; the next start writes it`)
  const ok = (database?.ok ?? true) && (file?.ok ?? true) && disagreement === null
  return { ok, database, file, disagreement, notes }
}

/** The file's own verdict, and the hash it has at the head of the database. */
async function verifyFile(
  path: string,
  head: Head | null,
  isLive: boolean,
): Promise<{ verdict: Verdict; hashAtHead: string | undefined }> {
  const verifier = createVerifier()
  let hashAtHead: string | undefined
  for await (const { bytes, whole } of linesOf(createReadStream(path))) {
    if (!whole && isLive) break
    const read = readLine(bytes)
    if (read.is === 'record' && read.record.seq === head?.seq) hashAtHead = read.record.hash
    verifier.line(read, whole)
  }
  return { verdict: verifier.end(), hashAtHead }
}

/** The first fault there is, file first: it leads. */
export const firstFault = ({ file, database }: KeptVerdict): Fault | null =>
  file?.faults[0] ?? database?.faults[0] ?? null
