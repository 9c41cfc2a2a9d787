import { days, hours, minutes } from '@pumpiq/domain'
import type { MarketEvent } from './calendar.ts'
import { chanceOf, purpose, type Chance } from './chance.ts'
import type { Market } from './market.ts'
import { createRecent } from './recent.ts'
import { createSpot } from './spot.ts'
import type { SimToken } from './universe.ts'

const routine = [
  'upgrade',
  'delay',
  'partnership',
  'outage',
  'lawsuit',
  'cleared',
  'burn',
  'unlock',
  'whale',
  'funding',
  'launch',
  'outlook',
] as const
export type Told = 'rise' | 'fall' | 'halt' | 'listing' | 'delisting' | (typeof routine)[number]

/** Something that a newsroom writes about. `at` is when it is known, epoch ms. */
export type Happening = {
  /** The same for all who tell it: a whole number. */
  id: number
  at: number
  told: Told
  token: SimToken
  /** Whole percent of a move, in so many hours. */
  percent: number
  /** The venue of a halt. */
  venue: string
}

/** From this log return in so many hours on a move is news. */
const moveFrom = 0.04
const moveHours = 3
const movesAnHour = 3
const routineAnHour = 2
const idsAnHour = 64

/** How much is written and talked about a token: large ones more, though by far not in proportion. */
export const attentionOf = ({ dailyUsd, category }: SimToken): number => (category === null ? dailyUsd ** 0.2 : 0)

/** One of the tokens, by weight; null where none has any. */
export function drawn(weighed: readonly (readonly [SimToken, number])[], chance: Chance): SimToken | null {
  let left = chance.uniform() * weighed.reduce((sum, [, weight]) => sum + weight, 0)
  return weighed.find(([, weight]) => (left -= weight) < 0)?.[0] ?? null
}

/** What happens in the market and around it. Moves and events of the market are known some minutes after they were seen. */
export function createHappenings(market: Market) {
  const { seed } = market
  const spot = createSpot(market)
  const recentHours = createRecent<readonly Happening[]>(256)
  const recentDays = createRecent<readonly MarketEvent[]>(8)
  const byKey = new Map(market.tokens.map((token) => [token.key, token]))
  const bitcoin = byKey.get('bitcoin')!

  type Seen = Pick<Happening, 'told' | 'token'> & Partial<Happening>

  /** Moves that became large in the hour before: the largest for its token first. */
  function moves(startAt: number): Seen[] {
    return market.tokens
      .filter((token) => token.category === null)
      .map((token) => ({ token, now: spot.moved(token, startAt, moveHours) }))
      .filter(({ now }) => Math.abs(now) >= moveFrom)
      .filter(({ token }) => Math.abs(spot.moved(token, startAt - hours(1), moveHours)) < moveFrom)
      .toSorted((a, b) => largeness(b) - largeness(a))
      .slice(0, movesAnHour)
      .map(({ token, now }) => ({
        token,
        told: now > 0 ? 'rise' : 'fall',
        percent: Math.round(100 * Math.abs(Math.exp(now) - 1)),
      }))
  }

  function events(startAt: number): Seen[] {
    const dayAt = startAt - (startAt % days(1))
    const today = recentDays(dayAt / days(1), () => market.calendar(dayAt, dayAt + days(1)))
    return today
      .filter(({ from }) => from >= startAt && from < startAt + hours(1))
      .flatMap((event): Seen[] => {
        const at = event.from + minutes(9)
        if (event.event === 'halt') return [{ at, told: 'halt', token: bitcoin, venue: event.venue }]
        if (event.event !== 'listing' && event.event !== 'delisting') return []
        return [{ at, told: event.event, token: byKey.get(event.token)! }]
      })
  }

  function ordinary(startAt: number, chance: Chance): Seen[] {
    const weighed = market.tokens
      .filter((token) => spot.isTraded(token, startAt))
      .map((token) => [token, attentionOf(token)] as const)
    return Array.from({ length: routineAnHour }, (): Seen[] => {
      const token = drawn(weighed, chance)
      const told = routine[Math.floor(chance.uniform() * routine.length)]!
      return token ? [{ told, token }] : []
    }).flat()
  }

  function inHour(hour: number): Happening[] {
    const startAt = hours(hour)
    const chance = chanceOf(seed, purpose.happening, hour)
    const seen = [...moves(startAt), ...events(startAt), ...ordinary(startAt, chance)]
    return seen
      .map((one, i): Happening => {
        const at = startAt + minutes(2 + Math.floor(chance.uniform() * 50))
        return { id: hour * idsAnHour + i, at, percent: 0, venue: '', ...one }
      })
      .toSorted((a, b) => a.at - b.at)
  }

  return {
    /** What became known in the hour that begins at the instant, oldest first; it may lie ahead of whoever asks. */
    inHour: (startAt: number): readonly Happening[] => {
      const hour = Math.floor(startAt / hours(1))
      return recentHours(hour, () => inHour(hour))
    },
  }
}

const largeness = ({ token, now }: { token: SimToken; now: number }): number =>
  Math.abs(now) * attentionOf(token) ** 0.5
