import {
  Failure,
  hours,
  isFailure,
  seconds,
  type Document,
  type Figure,
  type Hazard,
  type Observation,
  type Token,
} from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import { mishapFailure, mishapOf } from '../network/mishap.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Source } from '../sources/source.ts'
import type { Watch } from '../sources/watch.ts'
import { usualFreshness } from './freshness.ts'
import type { Observations } from './observations.ts'
import type { Watched, WatchedAnswer } from './watched.ts'

/** One watch of one source, about one token; of the market where `token` is null. */
export type Asking = { readonly source: Source; readonly watch: Watch; readonly token: Token | null }

type Needs = {
  ask: Ask
  watched: Pick<Watched, 'keep'>
  observations: Pick<Observations, 'keepFigures'>
  /** Keeps documents and has them read. */
  take(documents: readonly Document[], token: Token | null): Promise<void>
  clock: Clock
  /** Real time, where `clock` is moved by hand. */
  guard?: Clock
  log: Log
}

export type See = ReturnType<typeof createSee>

/** No watch may hold up a decision for longer: what has not come by then is a gap. It is waited for until `keptWithinMs`, for whoever asks next. */
const answerWithinMs = seconds(2)
const keptWithinMs = seconds(10)
/** A source that failed is asked again after this, one that does not know the token after that. */
const failedAgainMs = seconds(45)
const absentAgainMs = hours(1)

export const keyOf = ({ source, watch, token }: Asking): string => `${source.id}|${watch.name}|${token?.id ?? ''}`

/** What is kept, under the keys of the askings it answers. */
export const answersByKey = (kept: readonly WatchedAnswer[]): Map<string, WatchedAnswer> =>
  new Map(kept.map((answer) => [`${answer.source}|${answer.watch}|${answer.token}`, answer]))

/** Whether the answer need not be asked for again yet. */
export function isFresh(
  answer: WatchedAnswer | undefined,
  { watch }: Asking,
  now: number,
  refreshMs = usualFreshness.refreshMs[watch.kind],
): boolean {
  if (!answer) return false
  const age = now - answer.askedAt
  if (answer.absent) return age < absentAgainMs
  if (answer.problem !== null) return age < failedAgainMs
  return age < (watch.freshMs ?? refreshMs)
}

/** Whether what the answer told may still be decided on. */
export function isUsable(
  { fetchedAt, absent }: WatchedAnswer,
  { watch }: Asking,
  now: number,
  ttlMs = usualFreshness.ttlMs[watch.kind],
): boolean {
  return !absent && fetchedAt !== null && now - fetchedAt <= Math.max(ttlMs, 2 * (watch.freshMs ?? 0))
}

/** Asks one watch and keeps what it told: figures as time series, documents read. Several who ask for the same share one asking. */
export function createSee({ ask, watched, observations, take, clock, guard = clock, log }: Needs) {
  const underWay = new Map<string, { readonly answering: Promise<WatchedAnswer>; readonly lateAt: number }>()
  const ending = new AbortController()

  /** A fault in one connector is that source's silence, and a line in the log: it stops no decision and no round. */
  async function connected(source: Source, watch: Watch, heard: () => Promise<Observation[]>): Promise<Observation[]> {
    try {
      return await heard()
    } catch (thrown) {
      if (isFailure(thrown) || ending.signal.aborted) throw thrown
      log.error('a connector is broken', { source: source.id, watch: watch.name, error: thrown })
      throw new Failure('broken', `the connector of ${source.id} cannot read what it answered`, { cause: thrown })
    }
  }

  async function told({ source, watch, token }: Asking): Promise<Observation[]> {
    const get = ask.from(source, { withinMs: keptWithinMs, patienceMs: keptWithinMs, abort: ending.signal })
    const now = clock.now()
    if (watch.about === 'market') return connected(source, watch, () => watch.see({ now, get }))
    if (!token) throw new Failure('broken', `${source.id} ${watch.name} is about a token`)
    const all = await connected(source, watch, () => watch.see({ token, now, get }))
    const other = all.find((one) => one.token !== null && one.token !== token.id)
    if (!other) return all
    throw mishapFailure(
      { source: source.id, mishap: 'drift' },
      `was asked about ${token.id} and told of ${other.token}`,
    )
  }

  async function asked(asking: Asking, before: WatchedAnswer | undefined): Promise<WatchedAnswer> {
    const { source, watch, token } = asking
    const askedAt = clock.now()
    const named = { token: token?.id ?? '', source: source.id, watch: watch.name, askedAt }
    try {
      const all = await told(asking)
      const figures = all.filter((one): one is Figure => one.what === 'figure')
      const hazards = all.filter((one): one is Hazard => one.what === 'hazard')
      await take(
        all.filter((one): one is Document => one.what === 'document'),
        token,
      )
      await observations.keepFigures(figures)
      return { ...named, problem: null, absent: false, fetchedAt: clock.now(), figures, hazards }
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown
      if (thrown.code === 'notFound')
        return { ...named, problem: thrown.message, absent: true, fetchedAt: null, figures: [], hazards: [] }
      const last = before ?? { fetchedAt: null, figures: [], hazards: [] }
      const { fetchedAt, figures, hazards } = last
      // Our own budget held it back: the source was not asked, and the next one who needs it may try at once.
      const notAsked = mishapOf(thrown) === 'busy'
      const again = notAsked ? askedAt - failedAgainMs : askedAt
      return { ...named, askedAt: again, problem: thrown.message, absent: false, fetchedAt, figures, hazards }
    }
  }

  function begin(asking: Asking, before: WatchedAnswer | undefined) {
    const key = keyOf(asking)
    const answering = asked(asking, before)
      .then(async (answer) => {
        if (!ending.signal.aborted) await watched.keep(answer)
        return answer
      })
      .finally(() => underWay.delete(key))
    answering.catch((error: unknown) =>
      log.error('an answer of a source could not be kept', { source: asking.source.id, error }),
    )
    const begun = { answering, lateAt: guard.monotonic() + answerWithinMs }
    underWay.set(key, begun)
    return begun
  }

  /** What a decision goes on with while the answer is still awaited; it is not kept. */
  const lateOf = ({ source, watch, token }: Asking, before: WatchedAnswer | undefined): WatchedAnswer => ({
    token: token?.id ?? '',
    source: source.id,
    watch: watch.name,
    askedAt: clock.now(),
    problem: `${source.id} has not answered within ${answerWithinMs} ms`,
    absent: false,
    fetchedAt: before?.fetchedAt ?? null,
    figures: before?.figures ?? [],
    hazards: before?.hazards ?? [],
  })

  async function see(asking: Asking, before: WatchedAnswer | undefined): Promise<WatchedAnswer> {
    const { answering, lateAt } = underWay.get(keyOf(asking)) ?? begin(asking, before)
    const answered = new AbortController()
    const late = guard
      .sleep(Math.max(0, lateAt - guard.monotonic()), answered.signal)
      .then(() => lateOf(asking, before))
    late.catch(() => {}) // it is no longer awaited
    try {
      return await Promise.race([answering, late])
    } finally {
      answered.abort()
    }
  }

  return Object.assign(see, {
    /** Asks no more, and ends when what was under way has ended. */
    async close(): Promise<void> {
      ending.abort()
      await Promise.allSettled([...underWay.values()].map(({ answering }) => answering))
    },
  })
}
