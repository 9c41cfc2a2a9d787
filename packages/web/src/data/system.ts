import type { Health, SourceHealth } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

export const useHealth = (everyMs: number): Asked<Health> =>
  useAsked('health', (abort) => client.system.health({}, { abort }), everyMs)

export const useSources = (): Asked<{ items: SourceHealth[] }> =>
  useAsked('sources', (abort) => client.system.sources({}, { abort }), 15_000)
