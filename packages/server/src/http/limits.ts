import { LRUCache } from 'lru-cache'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Redis } from 'ioredis'
import { Failure, days, hours, minutes, tierLimits, type Tier } from '@pumpiq/domain'
import type { Anybody } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { countOne, createCounters, fullest, leftOf, tightest, type Counter, type Window } from './counters.ts'
import { createSharedCount } from './counters-shared.ts'
import { setHeaders } from './security-headers.ts'

export type Limits = ReturnType<typeof createLimits>

type Needs = {
  readonly clock: Pick<Clock, 'monotonic'>
  /** Where processes count together; null: this one counts alone. */
  readonly redis: Redis | null
}

/** Failed tries to sign in, by key, token or cookie, that are looked up for one address in a minute. */
export const failuresPerMinute = 30

/** Who is counted, in which windows, and what is told of it. */
type Account = { readonly counters: readonly Counter[]; readonly policy: string }

/**
 * How often somebody may ask: a user by his tier, whichever way he signed in, a key besides by its own limit, nobody by his address as the
 * tier free has it, and whoever sits at the machine by the minute alone. A request that is refused is not counted.
 */
export function createLimits({ clock, redis }: Needs) {
  const counters = createCounters()
  /** By network, of those alone who failed: whoever did not is looked for and not found. */
  const guesses = new LRUCache<string, Counter>({ max: 50_000 })
  const shared = redis && createSharedCount({ redis, clock })
  const accounts = new LRUCache<string, Account>({ max: 50_000 })
  const users = new LRUCache<string, Account & { readonly tier: Tier }>({ max: 50_000 })

  function accountOf(request: FastifyRequest, caller: Anybody): Account {
    const { userId, tier, via, credentialId } = caller
    const own = via === 'key' && caller.perMinute != null ? caller.perMinute : null
    if (own === null && userId !== null && via !== 'local') return accountOfUser(userId, tier)
    const who = userId === null ? `address:${networkOf(request.ip)}` : `user:${userId}`
    const id = own === null ? `${tier} ${via === 'local' ? 'local' : who}` : `${tier} ${who} ${credentialId} ${own}`
    const known = accounts.get(id)
    if (known) return known
    const made = open(who, windowsOf(tier, via === 'local'), own === null ? null : { credentialId, perMinute: own })
    accounts.set(id, made)
    return made
  }

  /** By the id as it is: a longer key would have to be put together for each request. */
  function accountOfUser(userId: string, tier: Tier): Account {
    const known = users.get(userId)
    if (known?.tier === tier) return known
    const made = { ...open(`user:${userId}`, windowsOf(tier, false), null), tier }
    users.set(userId, made)
    return made
  }

  function open(
    who: string,
    windows: readonly Window[],
    key: { credentialId: string | null; perMinute: number } | null,
  ): Account {
    const all = windows.map((window) => counters.of(`pumpiq:limit:{${who}}`, window))
    if (key) {
      const window = { name: 'minute', limit: key.perMinute, durationMs: minutes(1) }
      all.push(counters.of(`pumpiq:limit:{${who}}:key:${key.credentialId}`, window))
    }
    const policy = all.map(({ limit, durationMs }) => `${limit};w=${durationMs / 1_000}`).join(', ')
    return { counters: all, policy }
  }

  function guessOf(network: string): Counter {
    const found = guesses.get(network)
    if (found) return found
    const made = { key: network, limit: failuresPerMinute, durationMs: minutes(1), count: 0, resetAt: 0 }
    guesses.set(network, made)
    return made
  }

  return {
    /** Counts a request and writes what is left into the answer's headers; Failure tooMany when nothing is. Awaits only where Redis is asked. */
    take(request: FastifyRequest, reply: FastifyReply, caller: Anybody): Promise<void> | undefined {
      const account = accountOf(request, caller)
      const now = clock.monotonic()
      if (fullest(account.counters, now)) refuse(reply, account, now)
      if (shared) return shared(account.counters).then((counted) => settle(reply, account, counted))
      countOne(account.counters, now)
      tell(reply, account, now)
      return undefined
    },
    /** Failure tooMany when so many credentials of this address were no good that none is looked at for now. */
    refuseGuessing(request: FastifyRequest): void {
      const failed = guesses.get(networkOf(request.ip))
      if (!failed) return
      const now = clock.monotonic()
      const full = fullest([failed], now)
      if (!full) return
      const sentence = `too many credentials of this address were not good: at most ${failuresPerMinute} are looked at in a minute`
      throw new Failure('tooMany', sentence, { retryAfterMs: full.resetAt - now })
    },
    guessedWrong: ({ ip }: FastifyRequest): void => countOne([guessOf(networkOf(ip))], clock.monotonic()),
  }

  function settle(reply: FastifyReply, account: Account, counted: boolean): void {
    const now = clock.monotonic()
    if (!counted) refuse(reply, account, now)
    tell(reply, account, now)
  }
}

function refuse(reply: FastifyReply, account: Account, now: number): never {
  const full = fullest(account.counters, now) ?? tightest(account.counters, now)
  tell(reply, account, now, full)
  const sentence = `too many requests: ${full.limit} are answered in ${spanOf(full.durationMs)}; the tier and the key say how many`
  throw new Failure('tooMany', sentence, { retryAfterMs: Math.max(1, full.resetAt - now) })
}

function tell(reply: FastifyReply, { counters, policy }: Account, now: number, of = tightest(counters, now)): void {
  setHeaders(reply, {
    'ratelimit-limit': String(of.limit),
    'ratelimit-remaining': String(leftOf(of, now)),
    'ratelimit-reset': String(Math.max(0, Math.ceil((of.resetAt - now) / 1_000))),
    'ratelimit-policy': policy,
  })
}

const spanOf = (ms: number): string =>
  ms === minutes(1) ? 'a minute' : ms === hours(1) ? 'an hour' : ms === days(1) ? 'a day' : `${ms / 1_000} s`

function windowsOf(tier: Tier, isLocal: boolean): readonly Window[] {
  const { perMinute, perHour, perDay } = tierLimits[tier]
  const minute = { name: 'minute', limit: perMinute, durationMs: minutes(1) }
  if (isLocal) return [minute]
  return [
    minute,
    { name: 'hour', limit: perHour, durationMs: hours(1) },
    { name: 'day', limit: perDay, durationMs: days(1) },
  ]
}

/** Whoever has an IPv6 address has 2^64 of them. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped) return mapped[1]!
  const [head = '', tail] = ip.split('%', 1)[0]!.toLowerCase().split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail ? tail.split(':') : []
  const middle =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  const groups = [...front, ...middle, ...back].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${groups.join(':')}::/64`
}
