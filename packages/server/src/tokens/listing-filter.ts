import { sql, type RawBuilder } from 'kysely'
import type { NewestName } from './newest.ts'

/** Undefined: whatever it is. A token of which a figure is not known passes no bound on it. */
export type TokenFilter = {
  readonly q?: string | undefined
  readonly chain?: string | undefined
  readonly minMarketCapUsd?: number | undefined
  readonly maxMarketCapUsd?: number | undefined
  readonly minLiquidityUsd?: number | undefined
  readonly minVolume24hUsd?: number | undefined
  readonly minBondingCurvePct?: number | undefined
  readonly maxBondingCurvePct?: number | undefined
  readonly isGraduated?: boolean | undefined
}

/** Of rows of tokens that are called t. */
export function wanted(filter: TokenFilter): RawBuilder<unknown> {
  const bound = (name: NewestName, sign: '>=' | '<=' | '=', value: number | undefined) =>
    value === undefined
      ? []
      : [
          sql`exists (select from newest_figure b where b.token_id = t.id and b.name = ${name}
            and b.value ${sql.raw(sign)} ${String(value)}::numeric)`,
        ]
  const { q, chain, isGraduated } = filter
  const ratio = (pct: number | undefined) => (pct === undefined ? undefined : pct / 100)
  return sql.join(
    [
      sql`true`,
      ...(q === undefined ? [] : [begins(q)]),
      ...(chain === undefined ? [] : [sql`t.chain = ${chain}`]),
      ...bound('marketCapUsd', '>=', filter.minMarketCapUsd),
      ...bound('marketCapUsd', '<=', filter.maxMarketCapUsd),
      ...bound('liquidityUsd', '>=', filter.minLiquidityUsd),
      ...bound('volume24hUsd', '>=', filter.minVolume24hUsd),
      ...bound('curveProgressRatio', '>=', ratio(filter.minBondingCurvePct)),
      ...bound('curveProgressRatio', '<=', ratio(filter.maxBondingCurvePct)),
      ...bound('curveComplete', '=', isGraduated === undefined ? undefined : Number(isGraduated)),
    ],
    sql` and `,
  )
}

/** Symbol, name and address are looked for by how they begin, an identity whole. */
export function begins(q: string): RawBuilder<unknown> {
  const start = `${q.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql`(lower(t.symbol) like ${start} or lower(t.name) like ${start} or lower(t.address) like ${start} or t.id = ${q})`
}
