import { chanceOf } from './chance.ts'

/** A number that wanders about 0: drawn anew every `stepMs` (standard normal), and between two draws on the line between them. */
export function wandering(seed: number, keys: readonly number[], at: number, stepMs: number): number {
  const step = Math.floor(at / stepMs)
  const [a, b] = [step, step + 1].map((one) => chanceOf(seed, ...keys, one).normal())
  return a! + (b! - a!) * (at / stepMs - step)
}
