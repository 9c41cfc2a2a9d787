import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from '../processes.ts'
import { atMost, exactly, none, told, type Figure, type Options, type Scenario } from '../report.ts'
import type { Sample } from '../soak-child.ts'

type Size = { readonly days: number; readonly tokens: number; readonly stepMinutes: number; readonly withinMs: number }
const sizes: Readonly<Record<'full' | 'small', Size>> = {
  full: { days: 30, tokens: 50, stepMinutes: 120, withinMs: 7_200_000 },
  small: { days: 2, tokens: 3, stepMinutes: 60, withinMs: 120_000 },
}

/** Where the growth is measured from: by then caches are full and the code is compiled. */
const settledShare = 1 / 4

export const soak: Scenario = {
  summary: 'a month of minutes through one embedded process on a clock that leaps: its memory does not grow',
  async run({ full, seed, say }: Options): Promise<readonly Figure[]> {
    const { days, tokens, stepMinutes, withinMs } = sizes[full ? 'full' : 'small']
    const folder = mkdtempSync(join(tmpdir(), 'pumpiq-chaos-soak-'))
    say(`accelerated: the clock leaps ${stepMinutes} minutes between two looks; nothing waits for real time`)
    const args = ['chaos/soak-child.ts', join(folder, 'data'), ...[days, tokens, stepMinutes, seed].map(String)]
    const child = start({ name: 'soak', args })
    try {
      const late = setTimeout(() => void child.kill(), withinMs)
      const { code } = await child.exit
      clearTimeout(late)
      const samples = child
        .stdout()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Sample)
      if (code !== 0) say(child.stderr().slice(-1_000))
      for (const { day, rssMb, heapMb, externalMb, open, ended, minutes } of samples)
        say(
          `day ${day}: RSS ${rssMb} MB at its highest, heap ${heapMb}, external ${externalMb}; ${open} open, ${ended} ended, ${minutes} minutes`,
        )
      const settledDays = Math.ceil(days * settledShare)
      const highest = (part: readonly Sample[]) => Math.max(0, ...part.map(({ rssMb }) => rssMb))
      const before = highest(samples.filter(({ day }) => day <= settledDays))
      const after = highest(samples.filter(({ day }) => day > settledDays))
      const last = samples.at(-1)
      return [
        exactly('days that were lived through', samples.length, days),
        none('unhandled rejections', last?.unhandled ?? 1),
        // Two days are too few to tell growth from filling up.
        ...(full
          ? [atMost(`growth of the highest RSS behind day ${settledDays}`, (after / before - 1) * 100, 10, '%')]
          : []),
        told('highest RSS, MB', Math.max(before, after)),
        told('minutes kept', last?.minutes ?? 0),
        told('calls ended', last?.ended ?? 0),
      ]
    } finally {
      await child.kill()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
