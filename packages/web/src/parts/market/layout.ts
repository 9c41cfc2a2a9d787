/*
 * One document for both: on a wide screen a line of a table with columns of the head's widths, on a narrow one a card with areas. Heights are
 * fixed, so that what is not in sight needs no layout to be as high as it will be.
 */
const columns =
  'xl:grid-cols-[1.75rem_minmax(9rem,1.5fr)_7rem_5rem_6.5rem_minmax(7.5rem,1fr)_9rem_5.5rem_5rem_5.5rem_4.5rem] xl:gap-x-4'

const areas =
  "max-xl:grid-cols-[1.75rem_1fr_1fr_auto] max-xl:gap-x-3 max-xl:gap-y-2 max-xl:[grid-template-areas:'watch_token_token_price'_'watch_call_trend_change'_'chance_chance_chance_chance'_'evidence_evidence_risk_called']"

const line =
  'relative grid items-center px-4 max-xl:rounded-xl max-xl:border max-xl:border-line max-xl:bg-card max-xl:py-3 max-xl:shadow-card xl:h-14 xl:border-b xl:border-line xl:text-sm hover:bg-raised [content-visibility:auto] xl:[contain-intrinsic-size:auto_3.5rem]'

/** The card of a token without a call has the upper half alone. */
export const rowGrid = (isCalled: boolean): string =>
  `${line} ${columns} ${areas} ${isCalled ? 'max-xl:h-44 max-xl:[contain-intrinsic-size:auto_11rem]' : 'max-xl:h-26 max-xl:[contain-intrinsic-size:auto_6.5rem] max-xl:[&_.of-call]:hidden max-xl:grid-rows-2'}`

export const headGrid = `hidden xl:grid items-center px-4 h-10 ${columns}`

const small = 'max-xl:text-xs'

export const cell = {
  watch: 'max-xl:[grid-area:watch] max-xl:self-start',
  token: 'min-w-0 max-xl:[grid-area:token]',
  price: 'text-right max-xl:[grid-area:price]',
  change: 'text-right max-xl:[grid-area:change]',
  trend: 'max-xl:[grid-area:trend] flex items-center max-xl:justify-end',
  call: 'min-w-0 max-xl:[grid-area:call]',
  chance: 'of-call max-xl:[grid-area:chance] max-xl:[&>div]:max-w-none',
  evidence: `of-call max-xl:[grid-area:evidence] ${small}`,
  risk: `of-call max-xl:[grid-area:risk] ${small}`,
  cap: 'num text-right max-xl:hidden',
  called: `of-call num text-right max-xl:[grid-area:called] ${small}`,
} as const
