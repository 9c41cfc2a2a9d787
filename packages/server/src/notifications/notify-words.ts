import { showPrice, toIso, type Price, type Recommendation } from '@pumpiq/domain'
import type { Notice, NoticeKind } from './notice.ts'
import { oldAt } from './notify-when.ts'
import type { Happening } from './outbox.ts'

/** What must be known to write a notice. */
export type Setting = {
  /** Where pages are, without a slash at the end; null without a PUBLIC_URL. */
  readonly publicUrl: string | null
  readonly simulated: boolean
}

const titles: Record<NoticeKind, (name: string, call: Recommendation) => string> = {
  issued: (name) => `${name}: new call`,
  'thesis-changed': (name, { previous, symbol, type }) =>
    previous ? `${symbol}: ${previous.type} became ${type}` : `${name}: the thesis changed`,
  entry: (name) => `${name}: entry reached`,
  target1: (name) => `${name}: target 1 reached`,
  target2: (name) => `${name}: target 2 reached`,
  target3: (name) => `${name}: target 3 reached`,
  stop: (name) => `${name}: stop reached`,
  expiry: (name) => `${name}: horizon over`,
  invalidated: (name) => `${name}: invalidated`,
  corrected: (name) => `${name}: the outcome was corrected`,
  'source-down': (name) => name,
  test: (name) => name,
}

/** What is told of a call: which, what happened at which price, its levels, and how sure it was and by which method. */
export function noticeOfCall(
  { id, kind, at, about }: Happening,
  call: Recommendation,
  { publicUrl, simulated }: Setting,
): Notice {
  const isSimulated = simulated || call.labels.includes('SIMULATED')
  const price = 'price' in about ? about.price : null
  const told = [
    isSimulated ? 'SIMULATED: nothing of this is real.' : null,
    happened(kind, at, price),
    ...levelsOf(call),
    chanceOf(call),
    call.actionable.yes ? 'It has a measured edge after costs.' : `Not actionable: ${call.actionable.why}`,
    ['issued', 'thesis-changed', 'entry'].includes(kind) ? `Valid to enter until ${minuteOf(call.validUntil)}.` : null,
    'Not financial advice.',
  ]
  return {
    id,
    kind,
    at: toIso(at),
    expiresAt: toIso(oldAt(kind, at, call)),
    title: cut(`${isSimulated ? 'SIMULATED ' : ''}${titles[kind](`${call.type} ${call.symbol}`, call)}`, 200),
    text: cut(told.filter((line) => line !== null).join('\n'), 3_000),
    link: publicUrl === null ? null : `${publicUrl}/recommendations/${call.id}`,
    recommendationId: call.id,
    token: call.token,
    symbol: call.symbol,
    simulated: isSimulated,
  }
}

/** What is told where no call is concerned. */
export function plainNotice(
  { id, kind, at }: Pick<Happening, 'id' | 'kind' | 'at'>,
  { title, text, path }: { title: string; text: string; path: string },
  { publicUrl, simulated }: Setting,
): Notice {
  return {
    id,
    kind,
    at: toIso(at),
    expiresAt: toIso(oldAt(kind, at, null)),
    title: cut(`${simulated ? 'SIMULATED ' : ''}${title}`, 200),
    text: cut(text, 3_000),
    link: publicUrl === null ? null : publicUrl + path,
    recommendationId: null,
    token: null,
    symbol: null,
    simulated,
  }
}

function happened(kind: NoticeKind, at: number, price: string | null): string {
  const when = minuteOf(toIso(at))
  if (kind === 'issued' || kind === 'thesis-changed')
    return price === null ? `Issued ${when}.` : `Issued ${when} at ${showPrice(price as Price)}.`
  return price === null ? `Seen on the candle of ${when}.` : `${showPrice(price as Price)} on the candle of ${when}.`
}

function levelsOf({ entry, targets, stopLoss, band, riskReward }: Recommendation): (string | null)[] {
  return [
    entry && `Entry ${showPrice(entry.low)} to ${showPrice(entry.high)}`,
    targets.length > 0 ? `Targets ${targets.map(({ price }) => showPrice(price)).join(', ')}` : null,
    stopLoss && `Stop ${showPrice(stopLoss)}`,
    riskReward === null ? null : `R net of costs ${riskReward.toFixed(2)}`,
    band && `Stays inside ${showPrice(band.low)} to ${showPrice(band.high)}`,
  ]
}

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`

function chanceOf({ confidence, timeframe }: Recommendation): string | null {
  if (confidence === null) return null
  const { value, low, high, method, n } = confidence
  return `Chance ${percent(value)} (${percent(low)} to ${percent(high)}, ${method}, n ${n}), ${timeframe.toLowerCase().replace('_', ' ')}`
}

/** "2026-11-22 15:04 UTC". */
const minuteOf = (iso: string): string => `${toIso(Date.parse(iso)).slice(0, 16).replace('T', ' ')} UTC`

/** At a whole character, with a sign that something is missing. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const part = text.slice(0, most - 1)
  return `${/[\uD800-\uDBFF]$/.test(part) ? part.slice(0, -1) : part}…`
}
