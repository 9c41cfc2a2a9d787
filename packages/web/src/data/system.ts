import type { Health, SourceHealth } from '@pumpiq/api'
import { useAsked, type Asked, type Known } from './asked.ts'
import { client } from './client.ts'

/** While the first calls are being made, or nothing answers, somebody is watching. */
const pace = ({ data, failed }: Known<Health>): number =>
  data === null || data.status === 'starting' || failed ? 3_000 : 15_000

export const useHealth = (): Asked<Health> => useAsked('health', (abort) => client.system.health({}, { abort }), pace)

export const useSources = (): Asked<{ items: SourceHealth[] }> =>
  useAsked('sources', (abort) => client.system.sources({}, { abort }), 15_000, ['sources'])
