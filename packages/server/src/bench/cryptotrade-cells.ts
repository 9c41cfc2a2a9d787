import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { days, Failure } from '@pumpiq/domain'
import { strategies, type Strategy } from './cryptotrade-rules.ts'

/** What is run where. Read from the folder's `results.json`; the figures that stand there are never looked at. */
const Cell = z.object({
  asset: z.string().min(1),
  regime: z.string().min(1),
  start: z.iso.date(),
  end: z.iso.date(),
  strategy: z.string().min(1),
  params: z.record(z.string(), z.unknown()),
})
export type Cell = z.output<typeof Cell>
export type Rule = Pick<Cell, 'strategy' | 'params'>
export type Window = Pick<Cell, 'asset' | 'regime' | 'start' | 'end'>

/** Rules that need nothing but the opens, added to every window the folder names. */
const added: readonly Rule[] = ['MACD_textbook', 'sell_all_on_day_1'].map((strategy) => ({ strategy, params: {} }))
/** Knows the next open: shown, never ranked. */
const bound = 'optimal_lookahead'

export async function readCells(path: string): Promise<Cell[]> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Failure(
      'invalid',
      `${path}: ${cause.code === 'ENOENT' ? 'no such file; it names the cells to run' : cause.message}`,
      { cause },
    )
  })
  const parsed = z.array(Cell).nonempty().safeParse(jsonOf(text, path))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Failure('invalid', `${path}: ${issue?.path.join('.') || 'the list of cells'}: ${issue?.message}`)
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure('invalid', `${path}: not JSON (${String(cause)})`, { cause })
  }
}

export const windowKey = ({ asset, regime, start, end }: Window): string => [asset, regime, start, end].join(' ')

export function windowsOf(cells: readonly Cell[]): Window[] {
  const windows = cells.map(({ asset, regime, start, end }) => ({ asset, regime, start, end }))
  return [...new Map(windows.map((window) => [windowKey(window), window])).values()]
}

/** Opens from the first day to the last, both counted. */
export const daysOf = ({ start, end }: Window): number => (Date.parse(end) - Date.parse(start)) / days(1) + 1

/** The folder's cells, then what we add on each of its windows. */
export const withAdded = (cells: readonly Cell[]): Cell[] => [
  ...cells,
  ...windowsOf(cells).flatMap((window) => added.map((rule) => ({ ...window, ...rule }))),
]

/** Every rule that is ranked, once, whatever windows it is named on. */
export function rulesOf(cells: readonly Cell[]): Rule[] {
  const ranked = withAdded(cells).filter(({ strategy }) => !isBound(strategy))
  return [
    ...new Map(ranked.map(({ strategy, params }) => [labelOf({ strategy, params }), { strategy, params }])).values(),
  ]
}

export const isBound = (strategy: string): boolean => strategy === bound

export function labelOf({ strategy, params }: Rule): string {
  const values = Object.values(params).filter((value) => typeof value === 'number')
  return values.length > 0 ? `${strategy} ${values.join('/')}` : strategy
}

export function strategyOf({ strategy, params }: Rule, where: string): Strategy {
  const named = Object.hasOwn(strategies, strategy) ? strategies[strategy] : undefined
  if (!named)
    throw new Failure('invalid', `${where}: unknown strategy; known are ${Object.keys(strategies).join(', ')}`)
  return named(params, where)
}
