import { isFailure } from '@pumpiq/domain'
import type { Redis } from 'ioredis'
import type { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import { strikeOut, type Secret } from '../platform/secret.ts'
import { untraced, type Trace } from '../platform/trace.ts'
import { issueOf, parseJson, parseOther, throwVendorError } from './answer.ts'
import type { Answer, Asked, Get, GetOptions } from './asked.ts'
import type { Fetch } from './fetch.ts'
import { createRecord, type SourceHealth, type SourceRecord } from './health.ts'
import { createBearer } from './bearer.ts'
import type { Budget } from './count.ts'
import type { KeptQuotas } from './kept-count.ts'
import { createLimiter, paceOf, withQuota, type Limiter } from './limiter.ts'
import { mishapFailure, mishapOf } from './mishap.ts'
import { createPolicy, type Policy } from './policy.ts'
import { serverTime } from './retry-after.ts'

/** An answer that was refused for its shape, as it came, without our key, cut at 4,096 characters: for a person who mends the connector. Memory only. */
export type Quarantined = { at: number; url: string; issue: string; body: string }

export type Ask = ReturnType<typeof createAsk>

type Needs = {
  fetch: Fetch
  clock: Clock
  random: Random
  log: Log
  keys?: Readonly<Record<string, Secret>>
  /** Where the processes of a cluster share the vendors' budgets. */
  shared?: Redis | null
  /** Where quotas of hours or more are kept without Redis. */
  kept?: KeptQuotas | null
  trace?: Pick<Trace, 'step'>
}

const userAgent = 'PumpIQ/0.1'
const attemptsAtMost = 3
const defaultTimeoutMs = 4_000
const defaultPatienceMs = 10_000
const quarantinedAtMost = 5
const quarantinedCharacters = 4_096

/** The one way to ask a source: budget, breaker, timeouts, retries, JSON and schema at the edge, and a record of how it went. */
export function createAsk({
  fetch,
  clock,
  random,
  log,
  keys = {},
  shared = null,
  kept = null,
  trace = untraced,
}: Needs) {
  const lines = new Map<string, Line>()

  function lineOf(source: Asked): Line {
    const known = lines.get(source.id)
    if (known) return known
    const key = keys[source.id] ?? null
    const withKey = key && source.key !== 'none' ? source.key : null
    const budget = withKey?.budget ?? source.budget
    const quota = withKey?.quota ?? source.quota
    const limiter = limiterOf(source.id, budget, quota)
    const hosts = new Map<string, Policy>()
    const policy = (host: string): Policy => {
      const made = hosts.get(host) ?? createPolicy({ source: source.id, limiter, clock, random })
      hosts.set(host, made)
      return made
    }
    const line = {
      source,
      key,
      budget,
      limiter,
      hosts,
      policy,
      record: createRecord(),
      bearer: createBearer({ source, key, fetch, clock, userAgent }),
      quarantined: [] as Quarantined[],
    }
    lines.set(source.id, line)
    return line
  }

  function limiterOf(source: string, budget: Budget, quota: Budget | undefined): Limiter {
    const short = createLimiter({ source, budget, clock, shared })
    if (!quota) return short
    return withQuota(
      createLimiter({ source: `${source}:quota`, budget: quota, clock, shared, kept }),
      createLimiter({ source: `${source}:pace`, budget: paceOf(quota), clock, shared }),
      short,
    )
  }

  /** One exchange, headers to last byte. */
  async function exchange(line: Line, url: URL, sent: Sent, abort: AbortSignal) {
    const { source } = line
    try {
      const response = await fetch(await requestOf(line, url, sent, abort))
      return { response, text: await response.text() }
    } catch (thrown) {
      // What is thrown here is the network's, or our own way out refusing the answer: it names hosts, never a body.
      if (mishapOf(thrown)) throw thrown
      const why = isFailure(thrown) ? `cannot be used: ${thrown.message}` : 'could not be reached'
      throw mishapFailure({ source: source.id, mishap: 'network' }, why)
    }
  }

  /** The request with its key, which is in no URL of ours: nothing but the network sees this one. */
  async function requestOf({ source, key, bearer }: Line, url: URL, sent: Sent, abort: AbortSignal): Promise<Request> {
    const target = new URL(url)
    const accept = sent.parse ? '*/*' : 'application/json'
    const headers = new Headers({ accept, 'user-agent': userAgent, ...sent.headers })
    if (key && source.key !== 'none') {
      if ('header' in source.key) headers.set(source.key.header, `${source.key.prefix ?? ''}${key.reveal()}`)
      else if ('query' in source.key) target.searchParams.set(source.key.query, key.reveal())
      else headers.set('authorization', `Bearer ${await bearer(abort)}`)
    }
    const how = { headers, signal: abort, redirect: 'manual' } as const
    if (sent.body === undefined) return new Request(target, how)
    headers.set('content-type', 'application/json')
    return new Request(target, { ...how, method: 'POST', body: JSON.stringify(sent.body) })
  }

  async function attempt<S extends z.ZodType>(
    line: Line,
    url: URL,
    schema: S,
    options: GetOptions<z.output<S>>,
    abort: AbortSignal,
  ): Promise<Answer<z.output<S>>> {
    const { response, text } = await exchange(line, url, options, abort)
    const heard = { serverAt: serverTime(response.headers), fetchedAt: clock.now() }
    const json = options.parse && response.ok ? parseOther(text, options.parse) : parseJson(text)
    throwVendorError(line.source, response, json, heard.fetchedAt)
    if (!json.ok) throw mishapFailure({ source: line.source.id, mishap: 'garbled', status: response.status }, json.why)
    const parsed = schema.safeParse(json.value)
    const fault = parsed.success ? options.check?.(parsed.data, heard) : issueOf(parsed.error)
    if (parsed.success && !fault) return { ...heard, body: parsed.data }
    const issue = withoutKey(line, fault ?? '').slice(0, 240)
    const body = withoutKey(line, text).slice(0, quarantinedCharacters)
    line.quarantined.push({ at: heard.fetchedAt, url: shown(url), issue, body })
    if (line.quarantined.length > quarantinedAtMost) line.quarantined.shift()
    throw mishapFailure(
      { source: line.source.id, mishap: 'drift', status: response.status },
      `answered what it should not: ${issue}`,
    )
  }

  function note(line: Line, url: URL, thrown: unknown, latencyMs: number): void {
    const mishap = mishapOf(thrown)
    if (mishap === null || mishap === 'aborted') return
    if (mishap === 'absent') return line.record.answered(clock.now(), latencyMs)
    const { message } = thrown as Error
    // Our own budget held the call back: that says nothing about the vendor.
    if (mishap !== 'busy') line.record.failed(clock.now(), mishap, message)
    log[mishap === 'open' || mishap === 'busy' ? 'debug' : 'warn'](message, {
      source: line.source.id,
      url: shown(url),
      mishap,
    })
  }

  function from(source: Asked, { patienceMs = defaultPatienceMs, withinMs = Infinity, abort }: Patient = {}): Get {
    const line = lineOf(source)
    const deadline = clock.monotonic() + withinMs
    async function timed<S extends z.ZodType>(address: string, schema: S, options: GetOptions<z.output<S>> = {}) {
      const url = new URL(address)
      const startedAt = clock.monotonic()
      let attemptAt = startedAt
      line.record.asked()
      try {
        if (line.source.key !== 'none' && line.source.key.required && !line.key) throw keyMissing(line.source)
        const answer = await line.policy(url.host).run(
          (signal) => {
            attemptAt = clock.monotonic()
            return attempt(line, url, schema, options, signal)
          },
          {
            patienceMs: Math.min(patienceMs, deadline - startedAt),
            timeoutMs: options.timeoutMs ?? source.timeoutMs ?? defaultTimeoutMs,
            attempts: options.attempts ?? attemptsAtMost,
            abort: either(abort, options.abort),
          },
        )
        line.record.answered(clock.now(), clock.monotonic() - attemptAt)
        return answer
      } catch (thrown) {
        note(line, url, thrown, clock.monotonic() - attemptAt)
        throw thrown
      }
    }
    const traced: typeof timed = (...asked) =>
      trace.step(`ask ${source.id}`, { source: source.id, host: new URL(asked[0]).host }, () => timed(...asked))
    return Object.assign(
      async <S extends z.ZodType>(url: string, schema: S, options?: GetOptions<z.output<S>>) =>
        (await traced(url, schema, options)).body,
      { timed: traced },
    )
  }

  return {
    /** How to ask this source. */
    from,
    /** Whether the source may be asked now, and so many calls would leave half of its budget and quota to those who wait. */
    hasRoom(id: string, calls: number): boolean {
      const line = lines.get(id)
      if (!line) return true
      const { heldUntil, breaker } = healthOf(line, clock)
      return heldUntil === null && breaker !== 'open' && line.limiter.hasRoom(calls)
    },
    /** Every source that `from` was called for. */
    health: (): SourceHealth[] => [...lines.values()].map((line) => healthOf(line, clock)),
    /** The newest answers of a source that were refused for their shape. */
    quarantine: (id: string): readonly Quarantined[] => lines.get(id)?.quarantined ?? [],
  }
}

/**
 * `patienceMs` is the longest one `get` may take in all (10 s unless said), pauses and turns included; `withinMs` the longest for all that
 * is asked through this `Get` together, from now on: a feed may need several pages or hosts.
 */
type Patient = { patienceMs?: number; withinMs?: number; abort?: AbortSignal }

type Line = {
  source: Asked
  key: Secret | null
  budget: Budget
  limiter: Limiter
  hosts: Map<string, Policy>
  policy(host: string): Policy
  record: SourceRecord
  bearer(abort: AbortSignal): Promise<string>
  quarantined: Quarantined[]
}

/** What a question carries beside its address. */
type Sent = Pick<GetOptions<unknown>, 'body' | 'headers' | 'parse'>

const shown = (url: URL): string => `${url.host}${url.pathname}`

/** Vendors repeat what they were asked with, of a pair either half. */
function withoutKey({ key }: Line, text: string): string {
  const own = key?.reveal()
  return own === undefined ? text : strikeOut(text, [own, ...own.split(':')])
}

const either = (one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined =>
  one && other && one !== other ? AbortSignal.any([one, other]) : (one ?? other)

const keyMissing = ({ id }: Asked) =>
  mishapFailure({ source: id, mishap: 'key' }, `needs a key: set ${id.toUpperCase().replaceAll('-', '_')}_API_KEY`)

function healthOf({ source, budget, limiter, hosts, record }: Line, clock: Clock): SourceHealth {
  const policies = [...hosts.values()]
  const heldMs = Math.max(0, ...policies.map((policy) => policy.heldMs()))
  const states = policies.map((policy) => policy.state())
  return {
    source: source.id,
    ...record.read(),
    // A source with two hosts is as open as the better of them.
    breaker:
      states.length === 0 || states.includes('closed') ? 'closed' : states.includes('half-open') ? 'half-open' : 'open',
    heldUntil: heldMs > 0 ? clock.now() + heldMs : null,
    quota: { ...budget, left: limiter.left() },
  }
}
