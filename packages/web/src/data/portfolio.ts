import type { ImportReport, NewTransaction, Page, Portfolio, Transaction } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

/** What is held; prices move, so it is asked again as long as somebody looks. */
export const usePortfolio = (): Asked<Portfolio> =>
  useAsked('portfolio', (abort) => client.portfolio.value({}, { abort }), 15_000, ['recommendation'])

/** A page of what was said to have happened, newest first. */
export const useTransactions = (cursor: string | null, limit = 25): Asked<Page<Transaction>> =>
  useAsked(
    ['transactions', cursor, limit],
    (abort) => client.portfolio.transactions({ query: { limit, ...(cursor !== null && { cursor }) } }, { abort }),
    60_000,
    undefined,
    { keepPrevious: true },
  )

/** As it is typed: the server makes exact decimals of the texts, and refuses what is none by the name of its field. */
export type TypedTransaction = {
  readonly token: string
  readonly kind: Transaction['kind']
  readonly quantity: string
  readonly priceUsd: string | null
  readonly feeUsd: string
  readonly at: string
  readonly note: string | null
}

// What is typed has the shape of what is wanted; whether it is decimal is the server's to say.
const bodyOf = (typed: Partial<TypedTransaction>): Partial<NewTransaction> => typed as Partial<NewTransaction>

export const addTransaction = (typed: TypedTransaction & { ref?: string }): Promise<Transaction> =>
  client.portfolio.add({ body: bodyOf(typed) as NewTransaction })

export const changeTransaction = (id: string, { token: _, ...typed }: TypedTransaction): Promise<Transaction> =>
  client.portfolio.change({ params: { id }, body: bodyOf(typed) })

export const removeTransaction = (id: string): Promise<unknown> => client.portfolio.remove({ params: { id } })

/** All of a file or nothing of it; a dry run only says what would come of it. */
export const importCsv = (csv: string, dryRun: boolean): Promise<ImportReport> =>
  client.portfolio.import({ query: dryRun ? { dryRun: 'true' } : {}, body: { csv } })

/** All transactions in the form that is imported. */
export async function exportCsv(): Promise<string> {
  const lines: string[] = []
  for await (const line of await client.portfolio.export({})) lines.push(line)
  return `${lines.join('\n')}\n`
}
