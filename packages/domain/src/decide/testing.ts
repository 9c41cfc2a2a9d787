import type { Facts } from '../dossier/facts.ts'

/** A liquid token at 100 that moves by a percent an hour, for the tests of this folder. */
export const facts = (over: Partial<Facts> = {}): Facts => ({
  close: 100,
  lastOpenAt: 0,
  bars: 600,
  atr: 1,
  sigma: 0.007,
  sigmaError: 0.05,
  sigmaBars: 240,
  rangeToMove: 1.9,
  decimals: 2,
  quotePerDay: 1e8,
  idleShare: 0,
  surge: 1,
  volumeSurge: 1,
  supports: [],
  resistances: [],
  ...over,
})
