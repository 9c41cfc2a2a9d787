/** A weight in (0, 1), and the hints that it asks for; a weight below 0 takes that share off a score. */
export type FlagRule = readonly [number, string]
