/** One statement of a scenario: what was looked at, what came out, what is demanded. */
export type Figure = { readonly what: string; readonly found: string; readonly wanted: string; readonly ok: boolean }

export type Scenario = {
  readonly summary: string
  /** `full` is the size the statements are made for, else a small one that takes seconds. Everything random comes from `seed`. */
  run(options: Options): Promise<readonly Figure[]>
}

export type Options = { readonly full: boolean; readonly seed: number; say(sentence: string): void }

/** None are allowed. */
export const none = (what: string, found: number): Figure => ({
  what,
  found: count(found),
  wanted: '0',
  ok: found === 0,
})

export const exactly = (what: string, found: number, wanted: number): Figure => ({
  what,
  found: count(found),
  wanted: count(wanted),
  ok: found === wanted,
})

export const atMost = (what: string, found: number, wanted: number, unit: string): Figure => ({
  what,
  found: `${shortened(found)} ${unit}`,
  wanted: `<= ${shortened(wanted)} ${unit}`,
  ok: found <= wanted,
})

/** Shown, and without a demand. */
export const told = (what: string, found: string | number): Figure => ({
  what,
  found: typeof found === 'number' ? count(found) : found,
  wanted: '',
  ok: true,
})

const count = (n: number): string => n.toLocaleString('en')
const shortened = (n: number): string => (Math.abs(n) >= 100 ? Math.round(n) : Math.round(n * 100) / 100).toString()

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, found, wanted, ok }) => [
    wanted === '' ? '' : ok ? 'ok' : 'FAILED',
    what,
    found,
    wanted,
  ])
  const all = [['', 'what', 'found', 'wanted'], ...rows]
  const widths = [0, 1, 2, 3].map((k) => Math.max(...all.map((row) => row[k]!.length)))
  return all
    .map((row) =>
      row
        .map((cell, k) => cell.padEnd(widths[k]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
