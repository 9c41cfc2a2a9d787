import { hours } from '@pumpiq/domain'
import { chanceOf, purpose, type Chance } from './chance.ts'
import { attentionOf, drawn } from './happenings.ts'
import type { Market } from './market.ts'
import { createRecent } from './recent.ts'
import { campaigns, handleOf, sayings } from './sayings.ts'
import { createSpot } from './spot.ts'
import type { SimToken } from './universe.ts'

/** What somebody wrote; `at` in epoch ms. */
export type Saying = {
  id: number
  at: number
  author: string
  title: string
  text: string
  token: SimToken
}

const peopleAnHour = 24
const people = 700
const machines = 40
/** Copies an hour: of the day's campaign, and more while a pump is on. */
const copies = { usual: 2, inPump: 14 }
const idsAnHour = 128
/** A token that moved by a tenth is talked about so many times as much more. */
const excitement = 12

/** What people write about tokens: more of those that move, in the mood of the move; machines write copies, most where a pump is on. */
export function createTalk(market: Market) {
  const { seed } = market
  const spot = createSpot(market)
  const recent = createRecent<readonly Saying[]>(256)

  type Said = Omit<Saying, 'id' | 'at'>

  function byPeople(startAt: number, chance: Chance): Said[] {
    const weighed = market.tokens
      .filter((token) => token.category === null && spot.isTraded(token, startAt))
      .map((token) => [token, attentionOf(token) * excitementOf(spot.moved(token, startAt, 3))] as const)
    return Array.from({ length: peopleAnHour }, (): Said[] => {
      const token = drawn(weighed, chance)
      return token ? [said(token, Math.tanh(18 * spot.moved(token, startAt, 6)), chance)] : []
    }).flat()
  }

  /** The same words by many accounts. */
  function byMachines(token: SimToken | undefined, count: number, chance: Chance): Said[] {
    if (!token) return []
    const words = campaigns[Math.floor(chance.uniform() * campaigns.length)]!
    return Array.from({ length: count }, () => ({
      author: handleOf(Math.floor(machines * chance.uniform()), true),
      ...filled(words, token),
      token,
    }))
  }

  function inHour(hour: number): Saying[] {
    const startAt = hours(hour)
    const chance = chanceOf(seed, purpose.talk, 0, hour)
    const ofTheDay = chanceOf(seed, purpose.talk, 1, Math.floor(hour / 24))
    const small = market.tokens.filter((token) => token.dailyUsd < 1e7 && spot.isTraded(token, startAt))
    const praised = small[Math.floor(ofTheDay.uniform() * small.length)]
    // A pump begins on the hour.
    const pump = market.calendar(startAt, startAt + 1).find(({ event }) => event === 'pump')
    const pumped = pump && 'token' in pump ? market.tokens.find(({ key }) => key === pump.token) : undefined
    const all = [
      ...byPeople(startAt, chance),
      ...byMachines(praised, copies.usual, ofTheDay),
      ...byMachines(pumped, copies.inPump, ofTheDay),
    ]
    return all.map((one, i) => ({
      ...one,
      id: hour * idsAnHour + i,
      at: startAt + 1_000 * Math.floor((chance.uniform() * hours(1)) / 1_000),
    }))
  }

  return {
    /** The newest at the instant, newest first. */
    newest(now: number, count: number): Saying[] {
      const found: Saying[] = []
      for (let hour = Math.floor(now / hours(1)); found.length < count; hour--) {
        const told = recent(hour, () => inHour(hour))
        found.push(...told.filter(({ at }) => at <= now))
        if (told.length === 0) break
      }
      return found.toSorted((a, b) => b.at - a.at || b.id - a.id).slice(0, count)
    },
  }
}

const excitementOf = (moved: number): number => 1 + excitement * Math.min(4, Math.abs(moved) / 0.1)

/** What one of the people says; few of them write much, and most little. */
function said(token: SimToken, mood: number, chance: Chance): Omit<Saying, 'id' | 'at'> {
  const isPlain = chance.uniform() < 0.3
  const isGood = chance.uniform() < 0.5 + 0.4 * mood
  const all = isPlain ? sayings.plain : isGood ? sayings.good : sayings.bad
  const words = all[Math.floor(chance.uniform() * all.length)]!
  return { author: handleOf(Math.floor(people * chance.uniform() ** 2), false), ...filled(words, token), token }
}

function filled([title, text]: readonly [string, string], { name, symbol }: SimToken) {
  const fill = (words: string) => words.replaceAll('{name}', name).replaceAll('{symbol}', symbol)
  return { title: fill(title), text: fill(text) }
}
