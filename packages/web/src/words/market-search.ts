export const marketColumns = [
  'rank',
  'token',
  'price',
  'change',
  'trend',
  'call',
  'chance',
  'evidence',
  'risk',
  'cap',
  'called',
] as const
export type MarketColumn = (typeof marketColumns)[number]

export const callNames = ['BUY', 'SELL', 'HOLD', 'AVOID', 'NONE'] as const
/** `NONE`: it was tried, and no call could be made. */
export type CallName = (typeof callNames)[number]

export const riskNames = ['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH'] as const
export type RiskName = (typeof riskNames)[number]

/** What the address of the market says: order and filter, each left out where it is the usual. */
export type MarketSearch = {
  readonly by?: MarketColumn
  readonly order?: 'asc' | 'desc'
  readonly type?: CallName
  readonly chain?: string
  readonly risk?: RiskName
  readonly edge?: true
  readonly called?: true
  readonly watched?: true
  /** How many rows are shown. */
  readonly rows?: number
}

export const rowsAtOnce = 50
export const mostRows = 200

const oneOf = <T extends string>(all: readonly T[], said: unknown): T | undefined => all.find((one) => one === said)

const isOn = (said: unknown): true | undefined => (said === true || said === 'true' ? true : undefined)

function rowsOf(said: unknown): number | undefined {
  const rows = Number(said)
  return Number.isInteger(rows) && rows > rowsAtOnce && rows <= mostRows && rows % rowsAtOnce === 0 ? rows : undefined
}

/** What an address says, as far as it is something that can be said; the rest is as if it were not there. */
export function marketSearchOf(said: Readonly<Record<string, unknown>>): MarketSearch {
  const { chain } = said
  const search = {
    by: oneOf(marketColumns, said['by']),
    order: oneOf(['asc', 'desc'] as const, said['order']),
    type: oneOf(callNames, said['type']),
    chain: typeof chain === 'string' && /^[a-z0-9][a-z0-9-]{0,63}$/.test(chain) ? chain : undefined,
    risk: oneOf(riskNames, said['risk']),
    edge: isOn(said['edge']),
    called: isOn(said['called']),
    watched: isOn(said['watched']),
    rows: rowsOf(said['rows']),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
