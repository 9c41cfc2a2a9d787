import { canonical, Failure, isFailure } from '@pumpiq/domain'
import type { LedgerHead, LedgerRecord } from './endpoints/ledger.ts'

export type ExportFault = {
  /** From 1. */
  readonly line: number
  /** The record it is about, null where the line does not tell. */
  readonly seq: number | null
  readonly sentence: string
}

export type ExportVerdict = {
  readonly ok: boolean
  /** Lines that are records, sound or not. */
  readonly count: number
  /** Those of them whose body is withheld: of these the place in the chain is checked alone. */
  readonly withheld: number
  /** What was not checked, in a sentence; null where all was. */
  readonly note: string | null
  /** The last record; null in an empty export. */
  readonly head: LedgerHead | null
  /** The first hundred. */
  readonly faults: readonly ExportFault[]
  readonly faultCount: number
}

export type VerifyOptions = {
  /** Records whose hashes were written down before: only by them a chain that was made anew, or cut off, is told from the true one. */
  readonly known?: readonly LedgerHead[] | undefined
  /** Called for every sound record, in order, withheld ones too: what a program does with the record beside. */
  readonly onRecord?: ((record: LedgerRecord) => void) | undefined
}

const keptFaults = 100
const firstPrevHash = '0'.repeat(64)

/**
 * Checks an export of the ledger, line by line, where nobody needs to be trusted: each record's hash is computed here from its body and the
 * hash before it. Where null stands for a body that is not shown, its hash is taken as it says and must fit the record behind it. Runs in browsers (on pages with TLS or of this machine) and in Node.
 */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  { known = [], onRecord }: VerifyOptions = {},
): Promise<ExportVerdict> {
  const expected = new Map(known.filter(({ seq }) => seq > 0).map(({ seq, hash }) => [seq, hash]))
  const faults: ExportFault[] = []
  let [line, count, faultCount, withheld] = [0, 0, 0, 0]
  let head: LedgerHead | null = null
  const fault = (seq: number | null, sentence: string) => {
    if (++faultCount <= keptFaults) faults.push({ line, seq, sentence })
  }
  for await (const text of lines) {
    line++
    const record = recordOf(text)
    if (typeof record === 'string') {
      fault(null, record)
      continue
    }
    count++
    const before: number = faultCount
    const found = await faultsOf(text, record, head)
    if (found.isWithheld) withheld++
    for (const sentence of found.faults) fault(record.seq, sentence)
    const noted = expected.get(record.seq)
    if (noted !== undefined && noted !== record.hash)
      fault(record.seq, `its hash was written down as ${noted}, and is ${record.hash} now`)
    expected.delete(record.seq)
    head = { seq: record.seq, hash: record.hash }
    if (faultCount === before) onRecord?.(record)
  }
  for (const seq of expected.keys()) fault(seq, `record ${seq} was written down before, and is not in the export`)
  const note = withheld > 0 ? withheldNote(withheld) : null
  return { ok: faultCount === 0, count, withheld, note, head, faults, faultCount }
}

/** What holds of so many records whose content an export does not show. */
export const withheldNote = (count: number): string =>
  count === 1
    ? '1 personal record is withheld: its place in the chain is checked, its content is not'
    : `${count} personal records are withheld: their place in the chain is checked, their content is not`

function recordOf(text: string): LedgerRecord | string {
  try {
    const told: unknown = JSON.parse(text)
    return isRecord(told) ? told : 'the line is no record of the ledger'
  } catch {
    return 'the line is no JSON'
  }
}

const isHash = (told: unknown): boolean => typeof told === 'string' && /^[0-9a-f]{64}$/.test(told)

/** Without the schema: pages verify too, and carry none. */
function isRecord(told: unknown): told is LedgerRecord {
  if (typeof told !== 'object' || told === null || !('body' in told)) return false
  const { seq, prevHash, hash } = told as Record<string, unknown>
  return Number.isSafeInteger(seq) && Number(seq) > 0 && isHash(prevHash) && isHash(hash)
}

type Found = { readonly faults: readonly string[]; readonly isWithheld: boolean }

async function faultsOf(text: string, record: LedgerRecord, last: LedgerHead | null): Promise<Found> {
  const { seq, prevHash, hash } = record
  const faults: string[] = []
  const wanted = (last?.seq ?? 0) + 1
  if (seq !== wanted) faults.push(`record ${wanted} should stand here, and ${seq} does`)
  if (prevHash !== (last?.hash ?? firstPrevHash))
    faults.push(`it was sealed on ${prevHash}, and the record before has the hash ${last?.hash ?? firstPrevHash}`)
  const body = canonicalOf(record.body)
  if (body === null) return { faults: [...faults, 'its body has no canonical form'], isWithheld: false }
  if (text !== `{"seq":${seq},"prevHash":"${prevHash}","hash":"${hash}","body":${body}}`)
    faults.push('its bytes are not the only form a record has')
  const computed = await sha256Hex(`${prevHash}\n${body}`)
  // A record may say null itself, and then its hash says so.
  const isWithheld = record.body === null && computed !== hash
  if (computed !== hash && !isWithheld) faults.push(`prevHash and body give ${computed}, and it says ${hash}`)
  return { faults, isWithheld }
}

function canonicalOf(body: unknown): string | null {
  try {
    return canonical(body)
  } catch (thrown) {
    // So deeply nested that no machine of ours wrote it: RangeError.
    if (!isFailure(thrown) && !(thrown instanceof RangeError)) throw thrown
    return null
  }
}

async function sha256Hex(text: string): Promise<string> {
  // Absent on pages that came without TLS from another machine.
  const { subtle } = crypto as { subtle?: SubtleCrypto }
  if (!subtle) throw new Failure('unavailable', 'this page cannot compute hashes: browsers allow it with TLS only')
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
