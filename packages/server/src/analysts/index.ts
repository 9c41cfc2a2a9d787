import type { Analyst } from './analyst.ts'
import { rulesAnalyst } from './rules.ts'

/** In the order they are asked; the rules speak first. */
export const analysts: readonly Analyst[] = [rulesAnalyst]
