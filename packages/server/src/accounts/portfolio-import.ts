import { Failure, isFailure, type Token } from '@pumpiq/domain'
import { transactionsAtMost, type Caller, type ImportReport } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { readCsv, type Fault, type ReadLine } from './portfolio-csv.ts'
import type { NewOwnTransaction, PortfolioStore } from './portfolio.ts'
import { checked } from './portfolio-checked.ts'
import type { Resolve } from './watchlist-routes.ts'

type Needs = { store: Pick<PortfolioStore, 'add'>; resolve: Resolve; clock: Pick<Clock, 'now'> }
type Asked = { readonly text: string; readonly dryRun: boolean; readonly abort: AbortSignal }

/** Every other token of a file is looked up; some of them elsewhere. */
const tokensAtMost = 200
const faultsAtMost = 100

/** Takes a file whole or not at all, and says of every line that is wrong why. */
export function createImport({ store, resolve, clock }: Needs) {
  return async function importCsv({ userId, tier }: Caller, { text, dryRun, abort }: Asked): Promise<ImportReport> {
    const { lines, read, faults } = readCsv(text)
    const now = clock.now()
    const tokens = await tokensOf(read, resolve, abort)
    const good: { line: number; wanted: NewOwnTransaction }[] = []
    for (const { line, ...one } of read) {
      const wanted = unless(() => checked(one, found(tokens.get(one.token)!), now))
      if (isFailure(wanted)) faults.push({ line, why: wanted.message })
      else good.push({ line, wanted })
    }
    faults.push(...twice(good))
    const most = transactionsAtMost[tier]
    const tried = dryRun || faults.length > 0
    const all = good.map(({ wanted }) => wanted)
    const { ids, known, unfit } = await store.add(userId, all, { now, most, tried })
    // Lines that are wrong may be the ones that others lack.
    if (faults.length === 0) faults.push(...unfit.map(({ index, why }) => ({ line: good[index]!.line, why })))
    const told = faults.toSorted((a, b) => a.line - b.line).slice(0, faultsAtMost)
    return { dryRun, lines, added: faults.length > 0 ? 0 : ids.length, known, faults: told }
  }
}

async function tokensOf(read: readonly ReadLine[], resolve: Resolve, abort: AbortSignal) {
  const names = new Set(read.map(({ token }) => token))
  if (names.size > tokensAtMost)
    throw new Failure('invalid', `the file names ${names.size} tokens, ${tokensAtMost} are allowed: split it`)
  const tokens = new Map<string, Token | Failure>()
  for (const name of names) {
    try {
      tokens.set(name, await resolve(name, abort))
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.code === 'unavailable' || thrown.code === 'broken') throw thrown
      tokens.set(name, thrown)
    }
  }
  return tokens
}

function found(token: Token | Failure): Token {
  if (isFailure(token)) throw token
  return token
}

function unless<T>(work: () => T): T | Failure {
  try {
    return work()
  } catch (thrown) {
    if (isFailure(thrown)) return thrown
    throw thrown
  }
}

/** A name of one's own names one line. */
function twice(good: readonly { line: number; wanted: NewOwnTransaction }[]): Fault[] {
  const first = new Map<string, number>()
  return good.flatMap(({ line, wanted: { ref } }) => {
    if (ref === null) return []
    const before = first.get(ref)
    first.set(ref, before ?? line)
    return before === undefined ? [] : [{ line, why: `ref ${JSON.stringify(ref)} stands in line ${before} already` }]
  })
}
