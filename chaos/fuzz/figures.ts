import { atMost, told, type Figure } from '../report.ts'
import type { Figures } from './serve.ts'

/** What held the event loop. */
export function ofLoop(
  { p99Ms, p99OnCpuMs, worstMs, worstOnCpuMs, cpuMs, sqlMs, slow }: Figures,
  full: boolean,
): Figure[] {
  const share = (part: number) => `${Math.round((100 * part) / cpuMs)} %`
  return [
    full ? atMost('event loop delay, p99', p99Ms, 100, 'ms') : told('event loop delay, p99', `${p99Ms} ms`),
    told('work between two turns of it, p99', `${p99OnCpuMs} ms`),
    told('event loop delay at worst, and what of the longest was work', `${worstMs} ms, ${worstOnCpuMs} ms`),
    told(
      'the thread worked, of it in the database for requests and for jobs',
      `${Math.round(cpuMs / 1_000)} s, ${share(sqlMs.requests)}, ${share(sqlMs.jobs)}`,
    ),
    told('slow steps of statements', slow.map(([text, ms]) => `${Math.round(ms)} ms ${text}`).join(' | ') || 'none'),
  ]
}

/** The operations that took longest, by the worst of each. */
export function slowest(took: readonly (readonly [number, string])[]): string {
  const worst = new Map<string, number>()
  for (const [ms, id] of took) worst.set(id, Math.max(ms, worst.get(id) ?? 0))
  const all = [...worst].toSorted((a, b) => b[1] - a[1]).slice(0, 8)
  return all.map(([id, ms]) => `${id} ${Math.round(ms)} ms`).join(', ')
}
