import { hours, minutes } from '@pumpiq/domain'
import { chanceOf, purpose } from './chance.ts'
import { createHappenings, type Happening, type Told } from './happenings.ts'
import { headlineOf } from './headlines.ts'
import type { Market } from './market.ts'

/** An article; `at` is when it was published, epoch ms. */
export type Article = {
  id: number
  at: number
  title: string
  summary: string
  slug: string
  section: 'Markets' | 'Tech' | 'Policy' | 'Business'
  happening: Happening
}

/** Newsrooms by the number that is the key of their chance. */
export const desks = { coindesk: 1, cointelegraph: 2 } as const

const sections: Partial<Record<Told, Article['section']>> = {
  upgrade: 'Tech',
  delay: 'Tech',
  outage: 'Tech',
  launch: 'Tech',
  lawsuit: 'Policy',
  cleared: 'Policy',
  partnership: 'Business',
  funding: 'Business',
}
/** What a desk writes of: nearly all that moves, and most of the rest. */
const covered = { moves: 0.92, others: 0.7 }
const slowestMs = minutes(25)
/** A week without news is none of this market's. */
const hoursBack = 24 * 7

/** What one newsroom publishes: what happened, minutes later, in its own words. */
export function createDesk({ market, desk }: { market: Market; desk: number }) {
  const happenings = createHappenings(market)

  function articleOf(happening: Happening): Article[] {
    const chance = chanceOf(market.seed, purpose.desk, desk, happening.id)
    const isMove = happening.told === 'rise' || happening.told === 'fall'
    if (chance.uniform() > (isMove ? covered.moves : covered.others)) return []
    const { title, summary } = headlineOf(happening, chance.uniform())
    const at = happening.at + Math.floor((chance.uniform() * slowestMs) / 1_000) * 1_000
    const slug = title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
    return [{ id: happening.id, at, title, summary, slug, section: sections[happening.told] ?? 'Markets', happening }]
  }

  return {
    /** The newest articles at the instant, newest first. */
    newest(now: number, count: number): Article[] {
      const articles: Article[] = []
      const hourAt = now - (now % hours(1))
      // Those of an hour may be out after it, and before those of the next: two hours more than are needed.
      for (let back = 0, spare = 2; back < hoursBack && spare > 0; back++) {
        if (articles.length >= count) spare--
        const told = happenings.inHour(hourAt - hours(back)).flatMap(articleOf)
        articles.push(...told.filter(({ at }) => at <= now))
      }
      return articles.toSorted((a, b) => b.at - a.at || b.id - a.id).slice(0, count)
    },
  }
}
