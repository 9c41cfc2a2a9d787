import { days, hours, impostorOf, type KnownNames, type Token } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { TokenStreamEvent } from '../sources/source.ts'
import type { TokenStore } from './store.ts'

type Needs = {
  store: Pick<TokenStore, 'put' | 'known' | 'countUntraded'>
  /** Names worth imitating. */
  knownNames(): KnownNames
  clock: Pick<Clock, 'now'>
  log: Log
}

export type Newcomers = ReturnType<typeof createNewcomers>

/** `isTraded`: it left its curve, and has a market. */
type Newcomer = { readonly token: Token; readonly isTraded: boolean }

/** More than this waiting means that the database takes none, or a flood: the oldest are let go. */
const mostWaiting = 500
/** Of the 23,000 that a launchpad makes in a day most are dead within the hour. What nobody trades is kept so often a day, spread over its hours. */
const untradedADay = 2_000
/** With those that came to a market. */
const mostADay = 2 * untradedADay
/** Passed over, and kept after all when they come to a market: those of some five hours. */
const mostPassedOver = 5_000

/** Takes tokens as they are made, and keeps no more of them than the database should bear, whatever is told. */
export function createNewcomers({ store, knownNames, clock, log }: Needs) {
  let waiting: Newcomer[] = []
  let letGo = 0
  let keeping: Promise<void> | null = null
  const passedOver = new Map<string, Token>()
  /** Kept in the day that began at `from`, epoch ms. */
  let kept = { from: -1, count: 0 }

  function wait(newcomers: readonly Newcomer[]): void {
    waiting = [...waiting, ...newcomers]
    const over = waiting.length - mostWaiting
    if (over <= 0) return
    waiting = waiting.slice(over)
    letGo += over
  }

  function passOver(token: Token): void {
    passedOver.set(token.id, token)
    if (passedOver.size > mostPassedOver) passedOver.delete(passedOver.keys().next().value!)
  }

  /** How many were kept today, whoever kept them: a restart does not begin anew. */
  async function countToday(): Promise<number> {
    const from = Math.floor(clock.now() / days(1)) * days(1)
    if (kept.from !== from) kept = { from, count: await store.countUntraded(from) }
    return kept.count
  }

  async function keep(batch: readonly Newcomer[]): Promise<void> {
    const known = await store.known(batch.map(({ token }) => token.id))
    let count = await countToday()
    const hour = Math.floor((clock.now() - kept.from) / hours(1))
    const untradedByNow = Math.ceil((untradedADay * (hour + 1)) / 24)
    const fresh: Token[] = []
    // Once each: as traded where it was told as that too.
    for (const { token, isTraded } of new Map(batch.map((one) => [one.token.id, one])).values()) {
      if (known.has(token.id)) continue
      const hasRoom = count < (isTraded ? mostADay : untradedByNow)
      if (!hasRoom) passOver(token)
      else {
        passedOver.delete(token.id)
        fresh.push(token)
        count++
      }
    }
    await store.put(fresh, clock.now())
    kept.count = count
  }

  async function keepAll(): Promise<void> {
    const batch = waiting
    waiting = []
    if (letGo > 0) log.warn('new tokens are let go, for more come than are taken', { tokens: letGo })
    letGo = 0
    try {
      if (batch.length > 0) await keep(batch)
    } catch (error) {
      log.warn('new tokens could not be kept yet', { tokens: batch.length, error })
      const newer = waiting
      waiting = []
      wait([...batch, ...newer])
    }
  }

  return {
    tell(event: TokenStreamEvent): void {
      if (event.told === 'drift') return
      if (event.told === 'token') {
        const { id, symbol, name } = event.token
        // Whoever asks for the well-known by its name must not be shown its imitation; by its address it is found.
        const imitates = [symbol, name].some((word) => impostorOf(word, knownNames(), id) !== null)
        return imitates ? undefined : wait([{ token: event.token, isTraded: false }])
      }
      const left = event.seen.find((one) => one.what === 'figure' && one.name === 'curveComplete' && one.value === 1)
      const token = passedOver.get(left?.token ?? '') ?? waiting.find((one) => one.token.id === left?.token)?.token
      if (token) wait([{ token, isTraded: true }])
    },
    /** Keeps what waits. Never rejects: what cannot be kept waits on. */
    keep: (): Promise<void> => (keeping ??= keepAll().finally(() => (keeping = null))),
  }
}
