/** int8 is a number while it is exact, else a BigInt: never a rounded number. */
export function int8(text: string): number | bigint {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

/** Object ids of PostgreSQL's types (pg_type.dat). */
export const oid = { int8: 20, interval: 1186, numericArray: 1231, textArray: 1009 } as const
