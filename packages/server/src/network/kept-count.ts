import type { Clock } from '../platform/clock.ts'
import type { Budget, Count, OwnCount } from './count.ts'

/** Calls that went out, or were set aside, until an instant (epoch ms). */
export type Spent = { readonly until: number; readonly calls: number }

/** Where what was spent of quotas is kept, for all processes. */
export type KeptQuotas = {
  /** What was spent of a quota until after `since` (epoch ms). */
  spent(quota: string, since: number): Promise<Spent[]>
  /**
   * Notes `corrections` (calls may be negative), then sets up to `wanted` calls aside that go out before `until`, no more than make `most`
   * of all since `since`. Answers how many, and what is spent with them.
   */
  setAside(ask: SetAside): Promise<{ got: number; spent: Spent[] }>
}

export type SetAside = {
  readonly quota: string
  readonly since: number
  readonly until: number
  readonly wanted: number
  readonly most: number
  readonly corrections: readonly Spent[]
}

type Needs = { source: string; budget: Budget; clock: Clock; kept: KeptQuotas; own: OwnCount }

/** A quota's time is cut into so many stretches; a call counts as made at the end of its stretch, so that no window has more than the quota. */
const stretches = 48
/** Calls are set aside in bundles, so many in a stretch where all are used: what is lost by a kill is one of them. */
const bundlesAStretch = 4
/** Nobody waits longer to learn what is left: a process that cannot, counts for itself. */
const answerWithinMs = 250

/**
 * A quota of which every call is set aside before it goes out, where all processes see it and where it outlives them. While that cannot be
 * reached each goes on from what it sent itself, and tells it later.
 */
export function createKeptCount({ source, budget: { calls, perMs }, clock, kept, own }: Needs): Count {
  const stretchMs = perMs / stretches
  const bundle = Math.max(1, Math.floor(calls / stretches / bundlesAStretch))
  let spent: readonly Spent[] = []
  /** What may go out without asking again. */
  let aside: Spent = { until: -Infinity, calls: 0 }
  /** What went out while nobody could be told. */
  let untold = 0
  let underWay: Promise<void> | null = null

  const untilOf = (now: number): number => Math.ceil((Math.floor(now / stretchMs) + 1) * stretchMs)
  const since = (): number => clock.now() - perMs
  const counted = () => spent.filter(({ until }) => until > since())
  const ready = (): number => (aside.until === untilOf(clock.now()) ? aside.calls : 0)

  async function fill(): Promise<void> {
    const until = untilOf(clock.now())
    const late = untold
    const corrections = [
      ...(aside.calls > 0 ? [{ until: aside.until, calls: -aside.calls }] : []),
      ...(late > 0 ? [{ until, calls: late }] : []),
    ]
    // Given back once: whether a failed statement was carried out nobody knows.
    aside = { until, calls: 0 }
    const told = await kept.setAside({ quota: source, since: since(), until, wanted: bundle, most: calls, corrections })
    untold -= late
    spent = told.spent
    aside = { until, calls: told.got }
  }

  /** Whether it is known now what may go; false where it could not be learned in time. */
  async function filled(): Promise<boolean> {
    underWay ??= fill().finally(() => (underWay = null))
    const stop = new AbortController()
    const late = clock.sleep(answerWithinMs, stop.signal).then(
      () => false,
      () => false,
    )
    const done = underWay.then(
      () => true,
      () => false,
    )
    return Promise.race([done, late]).finally(() => stop.abort())
  }

  function use(): void {
    aside = { ...aside, calls: aside.calls - 1 }
    own.note()
  }

  kept.spent(source, since()).then(
    (told) => (spent = spent.length > 0 ? spent : told),
    () => {}, // whoever takes first asks again
  )
  const left = (): number => Math.max(0, calls - untold - counted().reduce((sum, one) => sum + one.calls, 0) + ready())

  /** Until the oldest of the calls leaves the window. */
  function waitMs(): number {
    const oldest = Math.min(...counted().map(({ until }) => until))
    return Math.max(1, Number.isFinite(oldest) ? oldest + perMs - clock.now() : stretchMs)
  }

  async function takeAlone(): Promise<number> {
    if (left() === 0) return waitMs()
    const ownWaitMs = await own.take()
    if (ownWaitMs === 0) untold++
    return ownWaitMs
  }

  return {
    async take() {
      if (ready() === 0 && !(await filled())) return takeAlone()
      if (ready() === 0) return waitMs()
      use()
      return 0
    },
    left,
    most: calls,
  }
}
