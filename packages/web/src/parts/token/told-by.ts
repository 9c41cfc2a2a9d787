import type { TokenAnalysis } from '@pumpiq/api'

type Figure = TokenAnalysis['figures'][number]
type Hazard = TokenAnalysis['hazards'][number]

/** All that one source told of a token, and when the newest of it was true. */
export type ToldBy = {
  readonly source: string
  readonly figures: readonly Figure[]
  readonly hazards: readonly Hazard[]
  readonly stories: number
  readonly isPriced: boolean
  /** Epoch ms. */
  readonly newestAt: number
}

type Told = Pick<TokenAnalysis, 'figures' | 'hazards' | 'stories' | 'price' | 'at'>

/** By source, the one that told most first. A story's id begins with who brought it. */
export function toldBy({ figures, hazards, stories, price, at }: Told): ToldBy[] {
  const brought = (stories ?? []).map((story) => ({ source: story.id.split(':')[0]!, at: Date.parse(story.at) }))
  const priced = price ? price.source.split('+') : []
  const pricedAt = price ? Date.parse(at) - price.ageMs : 0
  const names = new Set([...figures, ...hazards, ...brought].map(({ source }) => source).concat(priced))
  const all = [...names].map((source) => {
    const own = {
      figures: figures.filter((figure) => figure.source === source),
      hazards: hazards.filter((hazard) => hazard.source === source),
    }
    const told = brought.filter((story) => story.source === source)
    const instants = [...own.figures, ...own.hazards].map(({ observedAt }) => Date.parse(observedAt))
    const isPriced = priced.includes(source)
    const newestAt = Math.max(...instants, ...told.map((story) => story.at), ...(isPriced ? [pricedAt] : []))
    return { source, ...own, stories: told.length, isPriced, newestAt }
  })
  const count = (one: ToldBy) => one.figures.length + one.hazards.length + one.stories
  return all.toSorted((a, b) => count(b) - count(a) || a.source.localeCompare(b.source))
}

/** When what a check cites, such as `goplus:honeypot`, was true; null where it is not told here. */
export function seenAt(cite: string, { figures, hazards }: Pick<Told, 'figures' | 'hazards'>): number | null {
  const [source, name] = cite.split(':')
  const found =
    hazards.find((hazard) => hazard.source === source && hazard.danger === name) ??
    figures.find((figure) => figure.source === source && figure.name === name)
  return found ? Date.parse(found.observedAt) : null
}
