import { expect, it } from 'vitest'
import type { SystemSettings } from '../../data/admin.ts'
import { chosenAt, lastChangeOf } from './system-settings.ts'

const change = (version: number, chosen: SystemSettings['chosen']): SystemSettings['changes'][number] => ({
  version,
  by: `admin ${version}`,
  at: '2026-06-01T00:00:00.000Z',
  chosen,
})

it('finds what is chosen by its name, in a group or not', () => {
  expect(chosenAt({ mode: 'hybrid', trading: { maxStopPct: 4 } }, 'trading.maxStopPct')).toBe(4)
  expect(chosenAt({ mode: 'hybrid' }, 'mode')).toBe('hybrid')
  expect(chosenAt({ mode: 'hybrid' }, 'trading.maxStopPct')).toBeUndefined()
})

it('names the change that made a setting what it is, not a later one of another setting', () => {
  const changes = [
    change(4, { trading: { maxStopPct: 4 }, mode: 'news-only' }),
    change(3, { trading: { maxStopPct: 4 } }),
    change(2, { trading: { maxStopPct: 5 } }),
    change(1, {}),
  ]
  expect(lastChangeOf(changes, 'trading.maxStopPct')?.version).toBe(3)
  expect(lastChangeOf(changes, 'mode')?.version).toBe(4)
  expect(lastChangeOf(changes, 'minConfidence')).toBeNull()
})
