import { round } from '../words/numbers.ts'
import type { Mention } from './name-index.ts'

type Relevance = { readonly id: string; readonly relevance: number }

/** The most relevant first: half for standing in the title, the rest by the share of all mentions and by how early. */
export function relevances(inTitle: ReadonlyMap<string, Mention>, inText: ReadonlyMap<string, Mention>): Relevance[] {
  const ids = [...new Set([...inTitle.keys(), ...inText.keys()])]
  const countOf = (id: string) => 2 * (inTitle.get(id)?.count ?? 0) + (inText.get(id)?.count ?? 0)
  const all = ids.reduce((sum, id) => sum + countOf(id), 0)
  const relevance = (id: string) => {
    const early = 1 - (inTitle.get(id) ?? inText.get(id)!).first
    return round((inTitle.has(id) ? 0.5 : 0) + (0.3 * countOf(id)) / all + 0.2 * early, 3)
  }
  return ids
    .map((id) => ({ id, relevance: relevance(id) }))
    .toSorted((a, b) => b.relevance - a.relevance || (a.id < b.id ? -1 : 1))
}
