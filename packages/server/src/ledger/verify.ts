import { keptFaults, type FaultKind, type Verdict } from './fault.ts'
import { linesOf, type Chunks } from './lines.ts'
import { emptyLine, readLine, type LineRead } from './read-line.ts'
import { chainHash, type Head } from './seal.ts'
import { initialState, readable, type Readable, type State } from './verify-state.ts'

/**
 * Verifies an export in one pass, in memory that does not grow with it. A chain cannot show that its own end was cut off: give the
 * `head` that was known (published, noted) to have that found as well. `mayWithhold`: null may stand for a body that is not shown; what is
 * kept has all of them.
 */
export async function verifyExport(
  chunks: Chunks,
  { head = null, mayWithhold = false }: { head?: Head | null; mayWithhold?: boolean } = {},
): Promise<Verdict> {
  const verifier = createVerifier({ mayWithhold })
  for await (const { bytes, whole } of linesOf(chunks)) verifier.line(readLine(bytes), whole)
  return verifier.end(head)
}

/** The same, line by line, for whoever reads lines for another purpose too. */
export function createVerifier({ mayWithhold = false }: { mayWithhold?: boolean } = {}) {
  const state = initialState(mayWithhold)
  return {
    /** One line in; `whole` says that its line feed was there. */
    line: (read: LineRead, whole = true): void => takeLine(state, read, whole),
    end: (head: Head | null = null): Verdict => finish(state, head),
  }
}

function fault(state: State, what: FaultKind, seq: number | null, detail: string, line = state.line): void {
  state.faultCount += 1
  if (state.faults.length < keptFaults) state.faults.push({ line, seq, what, detail })
}

function takeLine(state: State, read: LineRead, whole: boolean): void {
  state.line += 1
  if (!whole)
    fault(state, 'torn line', read.is === 'record' ? read.record.seq : null, 'the last line lacks its line feed')
  if (read.is === 'record') {
    state.count += 1
    resolveSuspect(state, read.record.prevHash)
    if (read.strayAt !== null) {
      fault(
        state,
        'not canonical bytes',
        read.record.seq,
        `byte ${read.strayAt} is not as the record's only form has it`,
      )
    }
    place(state, readable(state, read))
    return
  }
  if (whole) fault(state, read.what, read.why === emptyLine ? null : state.last + 1 + state.unread, read.why)
  if (read.why === emptyLine) return
  resolveSuspect(state, null)
  state.link = null
  state.unread += 1
}

function resolveSuspect(state: State, nextPrevHash: string | null): void {
  if (!state.suspect) return
  const { line, record, computed } = state.suspect
  state.suspect = null
  if (nextPrevHash === computed) {
    fault(
      state,
      'altered hash',
      record.seq,
      `the chain goes on from ${computed}, this record says ${record.hash}`,
      line,
    )
    state.link = computed
    state.lastHash = computed
  } else {
    fault(state, 'altered body', record.seq, `prevHash and body give ${computed}, not ${record.hash}`, line)
  }
}

/** Where the record's number and link put it: next in order, behind a gap, or out of place. */
function place(state: State, read: Readable): void {
  const { seq, prevHash } = read.record
  const { last, unread, link } = state
  if (seq > last && seq <= last + 1 + unread && Number.isSafeInteger(seq)) {
    accept(state, read, seq)
  } else if (prevHash === link || !Number.isSafeInteger(seq) || seq < 1) {
    fault(state, 'altered seq', seq, `it says ${seq}, the record before is ${last}`)
    accept(state, read, last + 1)
  } else if (seq > last) {
    state.gaps.push({ from: last + 1 + unread, to: seq - 1, line: state.line })
    // The link cannot hold across what is missing; that is the fault that is named.
    state.link = null
    accept(state, read, seq)
  } else {
    outOfPlace(state, read)
  }
}

function accept(state: State, { record, computed, isWithheld }: Readable, seq: number): void {
  const { prevHash, hash, body } = record
  const { link, line, hidden } = state
  if (computed !== hash) {
    if (link !== null && prevHash !== link && chainHash(link, body) === hash) {
      fault(state, 'altered prevHash', seq, `the record before has the hash ${link}, this one says ${prevHash}`)
    } else {
      state.suspect = { line, record, computed }
    }
  } else if (link !== null && prevHash !== link && hidden && !isWithheld) {
    // This one's own hash stands, so what is wrong is what the withheld one says.
    const { line: its, record: before } = hidden
    fault(state, 'altered hash', before.seq, `the chain goes on from ${prevHash}, this record says ${before.hash}`, its)
  } else if (link !== null && prevHash !== link) {
    fault(state, 'broken link', seq, `it was sealed on ${prevHash}, the record before has the hash ${link}`)
  }
  state.last = seq
  state.link = hash
  state.lastHash = hash
  state.unread = 0
  state.hidden = isWithheld ? { line, record } : null
}

function outOfPlace(state: State, { record: { seq, hash }, computed }: Readable): void {
  if (computed !== hash) fault(state, 'altered body', seq, `prevHash and body give ${computed}, not ${hash}`)
  const at = state.gaps.findIndex(({ from, to }) => from <= seq && seq <= to)
  const gap = state.gaps[at]
  if (!gap) return fault(state, 'duplicated', seq, `record ${seq} was there before; the last in order is ${state.last}`)
  fault(state, 'reordered', seq, `record ${seq} stands behind record ${state.last}`)
  const rest = [
    { ...gap, to: seq - 1 },
    { ...gap, from: seq + 1 },
  ]
  state.gaps.splice(at, 1, ...rest.filter(({ from, to }) => from <= to))
}

function finish(state: State, head: Head | null): Verdict {
  state.line += 1
  resolveSuspect(state, head?.hash ?? null)
  const { gaps, last, lastHash, count, withheld } = state
  for (const { from, to, line } of gaps) {
    fault(
      state,
      'missing record',
      from,
      from === to ? `record ${from} is missing` : `records ${from} to ${to} are missing`,
      line,
    )
  }
  if (head && last < head.seq) {
    fault(state, 'missing record', last + 1, `records ${last + 1} to ${head.seq} are missing at the end`)
  } else if (head && (last !== head.seq || lastHash !== head.hash)) {
    fault(
      state,
      'other head',
      last,
      `the end is record ${last} with ${lastHash}, expected was ${head.seq} with ${head.hash}`,
    )
  }
  return {
    ok: state.faultCount === 0,
    count,
    withheld,
    head: last > 0 ? { seq: last, hash: lastHash } : null,
    faults: state.faults.toSorted((a, b) => a.line - b.line),
    faultCount: state.faultCount,
  }
}
