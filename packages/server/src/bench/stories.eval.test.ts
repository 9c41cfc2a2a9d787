import { join } from 'node:path'
import { storiesOf, type StoryTold } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { readEvaluationRows } from '../testing/evaluation-rows.ts'

const folder = process.env['EVALUATION_DIR']

describe.skipIf(!folder)('stories among recorded news (skipped without EVALUATION_DIR)', () => {
  it('are found among more than 12,000 documents within seconds, the same in any order', async () => {
    const recorded = await readEvaluationRows(join(folder!, 'data/news/cryptonews_2021_2022/news.jsonl.gz'))
    const titles = await readEvaluationRows(join(folder!, 'data/news/cryptotrade_gnews_2023/news.jsonl.gz'))
    const documents = [...recorded, ...titles].map((row, i): StoryTold => ({
      id: `d${String(i).padStart(6, '0')}`,
      title: String(row['title']),
      text: String(row['text'] ?? ''),
      publisher: String(row['source']),
      at: Date.parse(String(row['published']).replace(/^(\S+) (\S+)$/, '$1T$2Z')),
    }))
    expect(documents.every(({ at }) => Number.isFinite(at))).toBe(true)
    let bestMs = Number.POSITIVE_INFINITY
    let stories = storiesOf(documents)
    for (let pass = 0; pass < 4; pass++) {
      const from = performance.now()
      stories = storiesOf(documents.toReversed())
      bestMs = Math.min(bestMs, performance.now() - from)
    }
    const many = stories.filter((story) => story.documents > 1)
    console.table({
      documents: documents.length,
      stories: stories.length,
      'told more than once': many.length,
      largest: Math.max(...stories.map((story) => story.documents)),
      milliseconds: Math.round(bestMs),
    })
    expect(stories).toEqual(storiesOf(documents))
    expect(bestMs).toBeLessThan(4000)
  })
})
