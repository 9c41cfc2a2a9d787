import { useEffect, useEffectEvent } from 'react'
import type { Health, SourceHealth } from '@pumpiq/api'
import { onNetwork } from '../platform/network.ts'
import { useAsked, type Asked, type Known } from './asked.ts'
import { client } from './client.ts'

/** While the first calls are being made, or nothing answers, somebody is watching. */
const pace = ({ data, failed }: Known<Health>): number =>
  data === null || data.status === 'starting' || failed ? 3_000 : 15_000

export const useHealth = (): Asked<Health> => useAsked('health', (abort) => client.system.health({}, { abort }), pace)

/** The same for what stands around every page: it is told at once, not at the next round, when the network goes or comes. */
export function useHealthAround(): Asked<Health> {
  const health = useHealth()
  const ask = useEffectEvent(health.again)
  useEffect(() => onNetwork(() => ask()), [])
  return health
}

export const useSources = (): Asked<{ items: SourceHealth[] }> =>
  useAsked('sources', (abort) => client.system.sources({}, { abort }), 15_000, ['sources'])
