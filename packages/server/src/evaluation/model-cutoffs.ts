/** Up to when a model has read, as its vendor says (platform.openai.com/docs/models, "knowledge cutoff"); dated names mean the same model. */
const cutoffs: Readonly<Record<string, string>> = {
  'gpt-3.5-turbo': '2021-09-01',
  'gpt-4-turbo': '2023-12-01',
  'gpt-4o': '2023-10-01',
  'gpt-4o-mini': '2023-10-01',
  'gpt-4.1': '2024-06-01',
  'gpt-4.1-mini': '2024-06-01',
  'gpt-4.1-nano': '2024-06-01',
  o1: '2023-10-01',
  o3: '2024-06-01',
  'o4-mini': '2024-06-01',
  'gpt-5': '2024-09-30',
  'gpt-5-mini': '2024-05-31',
  'gpt-5-nano': '2024-05-31',
}

/** When the model's training ended, as yyyy-mm-dd; null where nobody told us. */
export function cutoffOf(model: string): string | null {
  const name = model.toLowerCase().replace(/^.*\//, '')
  return cutoffs[name] ?? cutoffs[name.replace(/-\d{4}-\d\d-\d\d$/, '')] ?? null
}

/** What must be said of a model's results on a window that begins at `from` (epoch ms), or null where it cannot have read about it. */
export function cutoffWarning(model: string, from: number): string | null {
  const cutoff = cutoffOf(model)
  if (cutoff === null)
    return `upper bound: up to when ${model} was trained is unknown, so it is taken to have read what happened`
  if (from >= Date.parse(cutoff)) return null
  return `upper bound: ${model} was trained up to ${cutoff} and may remember what happened in this window`
}
