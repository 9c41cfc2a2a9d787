import { days, fromIso, type Figure, type Token } from '@pumpiq/domain'
import { figuresOf } from '../sources/seen.ts'
import type { HookStore } from './store.ts'

/** What came in by hooks about a token within a day: longs less shorts, by all alerts that took a side. None where none came. */
export const createAlertFigures =
  (alertsOf: HookStore['alertsOf']) =>
  async ({ id: token }: Token, now: number): Promise<Figure[]> => {
    const sided = (await alertsOf(token, now - days(1))).filter(({ side }) => side !== 'close')
    if (sided.length === 0) return []
    const longs = sided.filter(({ side }) => side === 'long').length
    const told = { source: 'tradingview', token, observedAt: Math.min(now, fromIso(sided.at(-1)!.at)), fetchedAt: now }
    return figuresOf(told, { alertBalance24hRatio: (2 * longs) / sided.length - 1 })
  }
