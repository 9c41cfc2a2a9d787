import { texts } from '../language.ts'

/** Where evidence comes from. */
export const sourcesTexts = texts({
  en: {
    title: 'Sources',
    lead: 'Where evidence comes from. What a source does not tell is missing from every call, lowers its completeness and is named in it. Nothing is filled in.',
    list: 'Every outside source',
    standings: { up: 'Answering', down: 'Down', unknown: 'Not asked yet', off: 'Off' },
    columns: { source: 'Source', tells: 'Tells', state: 'State', left: 'Calls left', last: 'Last answer' },
    tokens: 'Which tokens there are',
    newTokens: 'new tokens',
    none: '–',
    manual: (id: string) => `${id}, its manual`,
    latency: (p50: string, p95: string) => `half within ${p50} ms, 95 % within ${p95} ms`,
    calls: (n: string, failed: string) => `${n} calls since the start, ${failed} failed`,
    explain:
      'A source that is off is not asked at all. One that needs a key is switched on by the variable named with it, set before the start.',
    filter: 'Which are shown',
    all: 'All',
    noneSo: 'No source stands so.',
  },
})
