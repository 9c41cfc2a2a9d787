import { describe, expect, it } from 'vitest'
import { round } from '../words/numbers.ts'
import { hours, minutes } from '../words/time.ts'
import { defaultCosts } from '../words/profile.ts'
import { judge } from './judge.ts'
import type { Ending, OutcomeEvent } from './outcome.ts'
import type { Directional } from './position.ts'
import { at, buy, free, mirror, mirrorBar, mirrorPlan, series, start, type Ohlcv } from './testing.ts'

type Rows = readonly (Ohlcv | null)[]
type Case = {
  says: string
  bars: Rows
  /** Bars that end at the issue. */
  before?: Rows
  plan?: Partial<Directional>
  /** Rows of a smaller interval from the given hour. */
  finer?: readonly { stepMs: number; hour: number; rows: Rows }[]
  asOfHour?: number
  ends: Partial<Omit<Ending, 'events'>>
  events?: readonly (readonly [hour: number, event: OutcomeEvent, price: number])[]
}

const quiet: Ohlcv = [100, 100.5, 99.5, 100]
const quietly = (count: number): Ohlcv[] => Array.from({ length: count }, () => quiet)
const missing = (count: number): null[] => Array.from({ length: count }, () => null)
const longer = { expiresAt: at(72) }

const entries: Case[] = [
  {
    says: 'fills at the open of the bar that opens at the issue when that is inside the zone',
    bars: [quiet],
    ends: { status: 'OPEN', filledAt: at(0), fillPrice: 100, at: null },
    events: [[0, 'FILLED', 100]],
  },
  {
    says: 'leaves out the bar that opened before the issue',
    before: [[100, 106, 94, 100]],
    bars: [[103, 104, 102, 103]],
    ends: { status: 'OPEN', filledAt: null },
    events: [],
  },
  {
    says: 'fills at the edge toward the targets when price comes down to it, an exact touch included',
    bars: [[103, 104, 101, 102]],
    ends: { status: 'OPEN', fillPrice: 101 },
  },
  {
    says: 'does not fill a hair outside the zone and is NOT_FILLED at the end of its validity',
    bars: [
      [103, 104, 101.01, 102],
      [102, 103, 101.01, 102],
    ],
    ends: {
      status: 'NOT_FILLED',
      at: at(2),
      decidedBy: 1,
      fillPrice: null,
      rMultiple: null,
      returnNetRatio: null,
      first: null,
      ambiguous: false,
    },
    events: [],
  },
  {
    says: 'fills at the edge toward the stop when price climbs into the zone',
    before: [[97, 98, 96, 97]],
    bars: [[97, 99.5, 96.5, 99.25]],
    ends: { status: 'OPEN', fillPrice: 99 },
  },
  {
    says: 'stays out while price under the zone does not reach it',
    before: [[97, 98, 96, 97]],
    bars: [
      [97, 98.5, 96.5, 98],
      [98, 98.75, 97, 98],
    ],
    ends: { status: 'NOT_FILLED', fillPrice: null },
  },
  {
    says: 'fills at the open of a bar that gaps through the zone toward the stop',
    before: [quiet],
    bars: [[97, 98, 96, 97.5]],
    ends: { status: 'OPEN', fillPrice: 97 },
  },
  {
    says: 'takes a first bar under the zone for a gap when nothing before it is known',
    bars: [[97, 98, 96, 97.5]],
    ends: { status: 'OPEN', fillPrice: 97 },
  },
  {
    says: 'fills at the edge toward the stop at an exact touch',
    before: [[97, 98, 96, 97]],
    bars: [[97, 99, 96.5, 98]],
    ends: { status: 'OPEN', fillPrice: 99 },
  },
  {
    says: 'takes a bar under the zone for a gap when the close before was at its edge',
    before: [[100, 100, 99, 99]],
    bars: [[97, 99.5, 96, 97.5]],
    ends: { status: 'OPEN', fillPrice: 97 },
  },
  {
    says: 'fills at an open that is the edge, and all of the bar is behind it',
    before: [[97, 98, 96, 97]],
    bars: [[99, 100, 94, 100]],
    ends: { status: 'STOPPED', fillPrice: 99, ambiguous: false },
  },
  {
    says: 'is NOT_FILLED by a bar that opens when the validity ends, behind a hole',
    bars: [[103, 104, 102, 103], null, quiet],
    ends: { status: 'NOT_FILLED', at: at(2), decidedBy: 1 },
  },
  {
    says: 'does not fill in a bar that gaps through the zone toward the targets',
    before: [[97, 98, 96, 97]],
    bars: [
      [103, 104, 102, 103],
      [103, 104, 102, 103],
    ],
    ends: { status: 'NOT_FILLED', at: at(2) },
  },
  {
    says: 'fills at the edge when such a bar comes back into the zone',
    before: [[97, 98, 96, 97]],
    bars: [[103, 104, 100.5, 102]],
    ends: { status: 'OPEN', fillPrice: 101 },
  },
  {
    says: 'fills in the last bar that opens before the validity ends',
    bars: [
      [103, 104, 102, 103],
      [103, 104, 100.5, 102],
    ],
    ends: { status: 'OPEN', filledAt: at(1), fillPrice: 101 },
  },
  {
    says: 'does not fill in the bar that opens when the validity ends',
    bars: [[103, 104, 102, 103], [103, 104, 102, 103], quiet],
    ends: { status: 'NOT_FILLED', at: at(2), decidedBy: 1 },
  },
  {
    says: 'is NOT_FILLED by the first bar behind a short hole in which the validity ended',
    bars: [[103, 104, 102, 103], null, null, quiet],
    ends: { status: 'NOT_FILLED', at: at(2), decidedBy: 1 },
  },
  {
    says: 'waits while the validity runs',
    bars: [[103, 104, 102, 103]],
    ends: { status: 'OPEN', at: null, decidedBy: null },
  },
]

const levels: Case[] = [
  {
    says: 'stops in the fill bar when filled at its open',
    bars: [[100, 101, 94, 96]],
    ends: { status: 'STOPPED', at: at(0), first: 'stop', rMultiple: -1, exitPrice: 95, ambiguous: false },
    events: [
      [0, 'FILLED', 100],
      [0, 'STOP', 95],
    ],
  },
  {
    says: 'stops in the fill bar when price came down through the zone',
    bars: [[103, 104, 94, 96]],
    ends: { status: 'STOPPED', fillPrice: 101, rMultiple: -1, ambiguous: false },
  },
  {
    says: 'fills and stops at the open of a bar that gaps through zone and stop, with a finite R',
    before: [quiet],
    bars: [[94, 94.5, 93, 94]],
    ends: { status: 'STOPPED', fillPrice: 94, exitPrice: 94, rMultiple: 0 },
    events: [
      [0, 'FILLED', 94],
      [0, 'STOP', 94],
    ],
  },
  {
    says: 'stops first and says so when price climbed into the zone from under the stop',
    before: [[94, 94.5, 93, 94]],
    bars: [[94, 99.5, 93.5, 99.25]],
    ends: { status: 'STOPPED', fillPrice: 99, rMultiple: -1, ambiguous: true },
  },
  {
    says: 'is sure of a stop behind such an entry when the bar closes beyond it',
    before: [[97, 98, 96, 97]],
    bars: [[97, 99.5, 94, 94.5]],
    ends: { status: 'STOPPED', fillPrice: 99, ambiguous: false },
  },
  {
    says: 'is sure of it too when the bar closes at the very stop',
    before: [[97, 98, 96, 97]],
    bars: [[97, 99.5, 94, 95]],
    ends: { status: 'STOPPED', fillPrice: 99, ambiguous: false },
  },
  {
    says: 'reaches a target in the fill bar when filled at its open',
    bars: [[100, 106, 99.5, 104]],
    ends: { status: 'OPEN' },
    events: [
      [0, 'FILLED', 100],
      [0, 'TARGET_1', 105],
    ],
  },
  {
    says: 'does not count a target that the fill bar may have reached before the entry, and says so',
    bars: [[103, 106, 100.5, 102], ...quietly(7)],
    ends: { status: 'EXPIRED', first: 'expiry', ambiguous: true },
    events: [
      [0, 'FILLED', 101],
      [8, 'EXPIRY', 100],
    ],
  },
  {
    says: 'counts a target in such a bar when the close is beyond it',
    bars: [[103, 106, 100.5, 105.5]],
    ends: { status: 'OPEN', ambiguous: false },
    events: [
      [0, 'FILLED', 101],
      [0, 'TARGET_1', 105],
    ],
  },
  {
    says: 'keeps the doubt when the target is then gapped through: at its level it would have paid less',
    bars: [
      [103, 106, 100.5, 102],
      [107, 108, 106, 107],
    ],
    ends: { status: 'OPEN', exitPrice: 107, ambiguous: true },
  },
  {
    says: 'does not doubt a target that the fill bar opened beyond and never came back to',
    bars: [[106, 106, 100.5, 102], ...quietly(7)],
    ends: { status: 'EXPIRED', fillPrice: 101, first: 'expiry', ambiguous: false },
  },
  {
    says: 'does not doubt a stop that the bar opened beyond before it climbed into the zone',
    before: [[94, 94.5, 93, 94]],
    bars: [[94, 99.5, 94, 99.25]],
    ends: { status: 'OPEN', fillPrice: 99, ambiguous: false },
  },
  {
    says: 'forgets that doubt once the target is reached behind the entry',
    bars: [[103, 106, 100.5, 102], [102, 106, 101, 104], ...quietly(6)],
    ends: { status: 'EXPIRED', first: 'target', ambiguous: false },
  },
  {
    says: 'counts a target above a fill bar entered from the side of the stop',
    before: [[97, 98, 96, 97]],
    bars: [[97, 106, 96.5, 100]],
    ends: { status: 'OPEN', fillPrice: 99 },
    events: [
      [0, 'FILLED', 99],
      [0, 'TARGET_1', 105],
    ],
  },
  {
    says: 'takes the stop first, ambiguous, when one bar holds stop and target',
    bars: [quiet, [100, 106, 94, 100]],
    ends: { status: 'STOPPED', at: at(1), first: 'stop', rMultiple: -1, ambiguous: true },
  },
  {
    says: 'takes the stop first, ambiguous, when the fill bar holds both',
    bars: [[100, 106, 94, 100]],
    ends: { status: 'STOPPED', rMultiple: -1, ambiguous: true },
  },
  {
    says: 'takes the stop first, ambiguous, when a bar entered from the targets holds both',
    bars: [[103, 106, 94, 100]],
    ends: { status: 'STOPPED', fillPrice: 101, rMultiple: -1, ambiguous: true },
  },
  {
    says: 'is stopped at the open of a bar that gaps through the stop',
    bars: [quiet, [93, 94, 92, 93]],
    ends: { status: 'STOPPED', exitPrice: 93, rMultiple: -1.4, maeR: 1.4, ambiguous: false },
    events: [
      [0, 'FILLED', 100],
      [1, 'STOP', 93],
    ],
  },
  {
    says: 'is stopped at the gap although the bar later reaches a target',
    bars: [quiet, [94, 106, 93, 106]],
    ends: { status: 'STOPPED', exitPrice: 94, rMultiple: -1.2, ambiguous: false },
  },
  {
    says: 'is surely stopped when the open is the very stop, whatever the bar reaches',
    bars: [quiet, [95, 106, 94, 100]],
    ends: { status: 'STOPPED', exitPrice: 95, rMultiple: -1, ambiguous: false },
  },
  {
    says: 'closes target 1 at the open of a bar that gaps through it',
    bars: [quiet, [107, 108, 106, 107]],
    ends: { status: 'OPEN', exitPrice: 107 },
    events: [
      [0, 'FILLED', 100],
      [1, 'TARGET_1', 107],
    ],
  },
  {
    says: 'closes all targets at an open beyond them',
    bars: [quiet, [120, 121, 94, 100]],
    ends: { status: 'TARGET_3', first: 'target', rMultiple: 4, mfeR: 4, ambiguous: false },
    events: [
      [0, 'FILLED', 100],
      [1, 'TARGET_1', 120],
      [1, 'TARGET_2', 120],
      [1, 'TARGET_3', 120],
    ],
  },
  {
    says: 'knows the order when the open is beyond target 1 and the bar falls to the stop',
    bars: [quiet, [106, 107, 94, 95]],
    ends: { status: 'STOPPED', first: 'target', rMultiple: 0.1, ambiguous: false },
    events: [
      [0, 'FILLED', 100],
      [1, 'TARGET_1', 106],
      [1, 'STOP', 95],
    ],
  },
  {
    says: 'is in doubt when the open is beyond target 1 and the bar holds target 2 and the stop',
    bars: [quiet, [106, 111, 94, 95]],
    ends: { status: 'STOPPED', first: 'target', rMultiple: 0.1, ambiguous: true },
  },
  { says: 'stops at an exact touch', bars: [quiet, [100, 101, 95, 99]], ends: { status: 'STOPPED', rMultiple: -1 } },
  { says: 'does not stop a hair before the level', bars: [quiet, [100, 101, 95.01, 99]], ends: { status: 'OPEN' } },
  {
    says: 'closes a target at an exact touch',
    bars: [quiet, [100, 105, 99, 99]],
    ends: { status: 'OPEN' },
    events: [
      [0, 'FILLED', 100],
      [1, 'TARGET_1', 105],
    ],
  },
  {
    says: 'does not close a target a hair before the level',
    bars: [quiet, [100, 104.99, 99, 99]],
    ends: { status: 'OPEN' },
    events: [[0, 'FILLED', 100]],
  },
  {
    says: 'reaches all targets in one bar',
    bars: [quiet, [100, 116, 99, 112]],
    ends: { status: 'TARGET_3', at: at(1), first: 'target', rMultiple: 1.7, mfeR: 3, decidedBy: 1 },
    events: [
      [0, 'FILLED', 100],
      [1, 'TARGET_1', 105],
      [1, 'TARGET_2', 110],
      [1, 'TARGET_3', 115],
    ],
  },
  {
    says: 'reaches the targets one after the other',
    bars: [quiet, [100, 106, 99, 104], [104, 111, 103, 110], [110, 115, 109, 114]],
    ends: { status: 'TARGET_3', at: at(3), rMultiple: 1.7 },
  },
  {
    says: 'leaves the stop where it was after target 1',
    bars: [quiet, [100, 106, 99, 104], [104, 104, 95, 96]],
    ends: { status: 'STOPPED', at: at(2), first: 'target', rMultiple: 0 },
    events: [
      [0, 'FILLED', 100],
      [1, 'TARGET_1', 105],
      [2, 'STOP', 95],
    ],
  },
  {
    says: 'is EXPIRED after two targets with the rest at the close',
    bars: [quiet, [100, 111, 99, 108], ...Array.from({ length: 6 }, (): Ohlcv => [108, 109, 107, 108])],
    ends: { status: 'EXPIRED', at: at(8), first: 'target', rMultiple: 1.42 },
  },
  {
    says: 'expires at the close of the last bar inside the horizon',
    bars: [...quietly(7), [100, 103, 99, 102], [102, 120, 80, 90]],
    ends: { status: 'EXPIRED', at: at(8), first: 'expiry', rMultiple: 0.4, decidedBy: 7 },
  },
  {
    says: 'leaves out the bar that closes behind the horizon',
    plan: { expiresAt: at(7.5) },
    bars: [...quietly(7), [100, 120, 80, 102]],
    ends: { status: 'EXPIRED', at: at(7), rMultiple: 0 },
  },
  {
    says: 'is OPEN when candles end before it is decided',
    bars: quietly(7),
    ends: { status: 'OPEN', at: null, rMultiple: null, first: null, returnGrossRatio: null },
  },
  {
    says: 'is OPEN when later candles were not known yet',
    bars: [quiet, quiet, [100, 120, 99, 119]],
    asOfHour: 2.5,
    ends: { status: 'OPEN' },
  },
  {
    says: 'closes with the last target all that is left when written shares are short of a whole',
    plan: { targets: [105, 110, 115].map((price) => ({ price, share: 0.333333 })) },
    bars: [quiet, [120, 120, 120, 120]],
    ends: { status: 'TARGET_3', exitPrice: 120, rMultiple: 4 },
  },
  {
    says: 'does not mind a target without a share',
    plan: {
      targets: [
        { price: 105, share: 0.5 },
        { price: 110, share: 0.5 },
        { price: 115, share: 0 },
      ],
    },
    bars: [quiet, [100, 112, 99, 111], [111, 111, 94, 95]],
    ends: { status: 'STOPPED', rMultiple: 1.5 },
  },
]

const both: Ohlcv = [100, 106, 94, 100]
const upFirst: Ohlcv[] = [
  [100, 106, 99, 105],
  [105, 105, 94, 94.5],
  [94.5, 97, 94.5, 97],
  [97, 100, 97, 100],
]
const downFirst: Ohlcv[] = [
  [100, 101, 94, 96],
  [96, 106, 96, 105],
  [105, 105, 100, 100],
  [100, 100, 100, 100],
]
const refined: Case[] = [
  {
    says: 'takes the target first when quarters of an hour show it first',
    bars: [quiet, both],
    finer: [{ stepMs: minutes(15), hour: 1, rows: upFirst }],
    ends: { status: 'STOPPED', at: at(1), first: 'target', rMultiple: 0, ambiguous: false, decidedBy: 1 },
    events: [
      [0, 'FILLED', 100],
      [1, 'TARGET_1', 105],
      [1, 'STOP', 95],
    ],
  },
  {
    says: 'takes the stop first, surely, when quarters of an hour show it first',
    bars: [quiet, both],
    finer: [{ stepMs: minutes(15), hour: 1, rows: downFirst }],
    ends: { status: 'STOPPED', first: 'stop', rMultiple: -1, ambiguous: false },
  },
  {
    says: 'is not refined by finer candles with a hole',
    bars: [quiet, both],
    finer: [{ stepMs: minutes(15), hour: 1, rows: [upFirst[0]!, null, upFirst[2]!, upFirst[3]!, ...upFirst] }],
    ends: { status: 'STOPPED', rMultiple: -1, ambiguous: true },
  },
  {
    says: 'is not refined by finer candles that end inside the bar',
    bars: [quiet, both],
    finer: [{ stepMs: minutes(15), hour: 1, rows: upFirst.slice(0, 3) }],
    ends: { rMultiple: -1, ambiguous: true },
  },
  {
    says: 'stays in doubt when the smallest bar holds both',
    bars: [quiet, both],
    finer: [{ stepMs: minutes(30), hour: 1, rows: [both, quiet] }],
    ends: { rMultiple: -1, ambiguous: true },
  },
  {
    says: 'is refined by the smallest interval that covers the bar, in whatever order they are given',
    bars: [quiet, both],
    finer: [
      { stepMs: minutes(15), hour: 1, rows: upFirst },
      { stepMs: minutes(30), hour: 1, rows: [both, quiet] },
    ],
    ends: { first: 'target', ambiguous: false },
  },
  {
    says: 'is refined again where only a part has still finer candles',
    bars: [quiet, both],
    finer: [
      { stepMs: minutes(15), hour: 1.5, rows: upFirst.slice(0, 2) },
      { stepMs: minutes(30), hour: 1, rows: [quiet, both] },
    ],
    ends: { first: 'target', rMultiple: 0, ambiguous: false },
  },
  {
    says: 'refines the order of fill and target',
    bars: [[103, 106, 100.5, 102]],
    finer: [
      {
        stepMs: minutes(30),
        hour: 0,
        rows: [
          [103, 104, 100.5, 101],
          [101, 106, 101, 102],
        ],
      },
    ],
    ends: { status: 'OPEN', ambiguous: false },
    events: [
      [0, 'FILLED', 101],
      [0, 'TARGET_1', 105],
    ],
  },
  {
    says: 'refines a target away that came before the fill',
    bars: [[103, 106, 100.5, 102], ...quietly(7)],
    finer: [
      {
        stepMs: minutes(30),
        hour: 0,
        rows: [
          [103, 106, 103, 104],
          [104, 104, 100.5, 102],
        ],
      },
    ],
    ends: { status: 'EXPIRED', first: 'expiry', ambiguous: false },
  },
  {
    says: 'refines a stop away that came before the entry',
    before: [[94, 94.5, 93, 94]],
    bars: [[94, 99.5, 93.5, 99.25]],
    finer: [
      {
        stepMs: minutes(30),
        hour: 0,
        rows: [
          [94, 96, 93.5, 96],
          [96, 99.5, 96, 99.25],
        ],
      },
    ],
    ends: { status: 'OPEN', fillPrice: 99, ambiguous: false },
  },
  {
    says: 'does not look into bars whose order does not matter',
    bars: [quiet, [100, 106, 99, 104]],
    finer: [{ stepMs: minutes(30), hour: 1, rows: [quiet, quiet] }],
    ends: { status: 'OPEN' },
    events: [
      [0, 'FILLED', 100],
      [1, 'TARGET_1', 105],
    ],
  },
]

const voiding = { invalidation: [{ when: 'close_below', price: 97 }] } as const
const invalidated: Case[] = [
  {
    says: 'is INVALIDATED without a fill by a close beyond the price',
    plan: voiding,
    before: [[98, 98, 97, 98]],
    bars: [[98, 98.5, 96.5, 96.75]],
    ends: { status: 'INVALIDATED', at: at(0), filledAt: null, rMultiple: null, first: null },
    events: [[0, 'INVALIDATION', 96.75]],
  },
  {
    says: 'leaves at that close when it was filled',
    plan: voiding,
    bars: [quiet, [100, 100.5, 96, 96.5]],
    ends: { status: 'INVALIDATED', at: at(1), first: null, rMultiple: -0.7, maeR: 0.8 },
    events: [
      [0, 'FILLED', 100],
      [1, 'INVALIDATION', 96.5],
    ],
  },
  {
    says: 'leaves at the close of the fill bar',
    plan: voiding,
    bars: [[100, 100.5, 96, 96.5]],
    ends: { status: 'INVALIDATED', at: at(0), rMultiple: -0.7 },
  },
  {
    says: 'does not mind a close at the very price',
    plan: voiding,
    bars: [quiet, [100, 100.5, 96, 97]],
    ends: { status: 'OPEN' },
  },
  {
    says: 'does not mind a low beyond the price',
    plan: voiding,
    bars: [quiet, [100, 100.5, 95.5, 99]],
    ends: { status: 'OPEN' },
  },
  {
    says: 'meets the stop inside the bar before the close that voids',
    plan: voiding,
    bars: [quiet, [100, 100.5, 94, 96]],
    ends: { status: 'STOPPED', rMultiple: -1 },
  },
  {
    says: 'meets a target inside the bar before the close that voids',
    plan: voiding,
    bars: [quiet, [104, 106, 96, 96.5]],
    ends: { status: 'INVALIDATED', first: 'target', rMultiple: 0.15 },
    events: [
      [0, 'FILLED', 100],
      [1, 'TARGET_1', 105],
      [1, 'INVALIDATION', 96.5],
    ],
  },
  {
    says: 'is voided by a close on the side of the targets too',
    plan: { invalidation: [{ when: 'close_above', price: 104 }] },
    bars: [[103, 105, 102, 104.5]],
    ends: { status: 'INVALIDATED', filledAt: null },
  },
]

const idle: Ohlcv = [100, 100, 100, 100, 0]
const silence: Case[] = [
  {
    says: 'is UNRESOLVED when there is no bar from the issue to the end of the horizon',
    before: [quiet],
    bars: [...missing(10), quiet],
    ends: { status: 'UNRESOLVED', at: at(8), decidedBy: null, rMultiple: null },
    events: [],
  },
  { says: 'is OPEN before that', before: [quiet], bars: [], asOfHour: 7, ends: { status: 'OPEN' } },
  {
    says: 'is UNRESOLVED when the horizon passed inside a halt',
    bars: [quiet, quiet, ...missing(30), quiet],
    ends: { status: 'UNRESOLVED', at: at(8), filledAt: at(0), rMultiple: null, returnNetRatio: null, first: null },
    events: [[0, 'FILLED', 100]],
  },
  {
    says: 'takes a hole of exactly a day for a halt',
    bars: [quiet, ...missing(24), quiet],
    ends: { status: 'UNRESOLVED', at: at(8) },
  },
  {
    says: 'takes a hole of an hour less for none',
    bars: [quiet, ...missing(23), quiet],
    ends: { status: 'EXPIRED', at: at(1) },
  },
  {
    says: 'keeps target 1 of before the halt, without a result',
    bars: [quiet, [100, 106, 99, 104], ...missing(30), quiet],
    ends: { status: 'UNRESOLVED', first: 'target', exitPrice: 105, rMultiple: null },
  },
  {
    says: 'expires at the last close before a hole under a day',
    bars: [quiet, [100, 103, 99, 102], ...missing(20), [90, 90, 80, 80]],
    ends: { status: 'EXPIRED', at: at(2), rMultiple: 0.4 },
  },
  { says: 'waits for a hole under a day to be filled', bars: [quiet, quiet], asOfHour: 20, ends: { status: 'OPEN' } },
  {
    says: 'goes on behind a hole under a day',
    plan: longer,
    bars: [quiet, ...missing(20), [100, 106, 99, 104], [104, 104, 94, 95]],
    ends: { status: 'STOPPED', first: 'target', rMultiple: 0 },
  },
  {
    says: 'goes on behind a halt inside the horizon',
    plan: longer,
    bars: [quiet, ...missing(30), [93, 94, 92, 93]],
    ends: { status: 'STOPPED', at: at(31), exitPrice: 93, rMultiple: -1.4 },
  },
  {
    says: 'is DELISTED at the last close when trading was not resumed',
    bars: [quiet, [100, 101, 97, 98]],
    asOfHour: 48,
    ends: { status: 'DELISTED', at: at(1), decidedBy: 1, first: null, exitPrice: 98, rMultiple: -0.4 },
    events: [
      [0, 'FILLED', 100],
      [1, 'EXPIRY', 98],
    ],
  },
  {
    says: 'is DELISTED without a result when it was not filled',
    bars: [[103, 104, 102, 103]],
    asOfHour: 48,
    ends: { status: 'DELISTED', at: at(0), filledAt: null, rMultiple: null },
  },
  {
    says: 'is OPEN in silence while the horizon runs',
    plan: longer,
    bars: [quiet, quiet],
    asOfHour: 48,
    ends: { status: 'OPEN' },
  },
  { says: 'does not fill or hit in a bar without trades', bars: [idle, idle], ends: { status: 'NOT_FILLED' } },
  { says: 'does not stop in a bar without trades', bars: [quiet, [94, 94, 94, 94, 0]], ends: { status: 'OPEN' } },
  {
    says: 'expires at the close of a bar without trades',
    bars: [...quietly(6), [100, 103, 99, 102], [102, 102, 102, 102, 0]],
    ends: { status: 'EXPIRED', at: at(8), rMultiple: 0.4 },
  },
  {
    says: 'takes a bar with a range for traded although no volume is told',
    bars: [[100, 101, 94, 95, 0]],
    ends: { status: 'STOPPED' },
  },
]

/** What a case expects and what `judge` says about the same fields, prices mirrored for the SELL that must fare alike. */
function told({ bars, before = [], plan, finer = [], asOfHour, ends, events }: Case, mirrored: boolean) {
  const turn = (rows: Rows) => (mirrored ? rows.map((row) => row && mirrorBar(row)) : rows)
  const price = (p: number) => (mirrored ? mirror(p) : p)
  const rounded = (value: unknown) => (typeof value === 'number' ? round(value, 9) : value)
  const whole: Directional = { ...buy, ...plan }
  const candles = series(turn([...before, ...bars]), { from: at(-before.length) })
  const ending = judge(mirrored ? mirrorPlan(whole) : whole, candles, {
    costs: free,
    finer: finer.map(({ stepMs, hour, rows }) => series(turn(rows), { from: at(hour), stepMs })),
    ...(asOfHour === undefined ? {} : { asOf: at(asOfHour) }),
  })
  const wanted: Record<string, unknown> = {}
  const found: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(ends)) {
    const level = typeof value === 'number' && (name === 'fillPrice' || name === 'exitPrice') ? price(value) : value
    wanted[name] = rounded(name === 'decidedBy' && typeof value === 'number' ? value + before.length : level)
    found[name] = rounded(ending[name as keyof Ending])
  }
  if (!events) return { wanted, found }
  const marked = events.map(([hour, event, p]) => ({ at: at(hour), event, price: price(p) }))
  return { wanted: { ...wanted, events: marked }, found: { ...found, events: ending.events } }
}

const tables = {
  'the entry': entries,
  'levels and horizon': levels,
  'finer candles': refined,
  'what voids a call': invalidated,
  'holes, halts and silence': silence,
}
for (const [name, table] of Object.entries(tables)) {
  describe(`judge: ${name}`, () => {
    it.each(table)('BUY $says', (one) => {
      const { wanted, found } = told(one, false)
      expect(found).toEqual(wanted)
    })
    it.each(table)('SELL, mirrored, $says', (one) => {
      const { wanted, found } = told(one, true)
      expect(found).toEqual(wanted)
    })
  })
}

describe('judge: another coin, costs, excursions, revisions', () => {
  const filled = [quiet, [100, 101, 97, 98]] as const

  it('is DELISTED at the last close when a price ten times as high, or a tenth, comes back under the ticker', () => {
    for (const back of [980, 9.8]) {
      for (const expiresAt of [at(8), at(72)]) {
        const candles = series([...filled, ...missing(30), [back, back, back, back]])
        expect(judge({ ...buy, expiresAt }, candles, { costs: free })).toMatchObject({
          status: 'DELISTED',
          at: at(1),
          exitPrice: 98,
        })
      }
    }
  })

  it('is the same coin when less than ten times comes back, and when the jump has no halt', () => {
    const halted = series([...filled, ...missing(30), [979, 979, 979, 979]])
    expect(judge({ ...buy, ...longer }, halted, { costs: free })).toMatchObject({ status: 'TARGET_3', exitPrice: 979 })
    expect(judge(buy, series([...filled, [980, 980, 980, 980]]), { costs: free })).toMatchObject({
      status: 'TARGET_3',
      exitPrice: 980,
    })
  })

  it('is DELISTED without a fill when the coin had been exchanged before the first bar', () => {
    const candles = series([quiet, ...missing(30), [0.01, 0.01, 0.01, 0.01]], { from: at(-30) })
    expect(judge(buy, candles, { costs: free })).toMatchObject({ status: 'DELISTED', filledAt: null, at: at(1) })
  })

  it('loses all of a BUY when nobody had traded for a day when the bars end; a SELL leaves at the last close', () => {
    const dead = Array.from({ length: 30 }, (): Ohlcv => [98, 98, 98, 98, 0])
    const candles = series([...filled, ...dead])
    const plan = { ...buy, expiresAt: at(72) }
    expect(judge(plan, candles, { costs: defaultCosts, asOf: at(80) })).toMatchObject({
      status: 'DELISTED',
      exitPrice: 0,
      returnGrossRatio: -1,
      returnNetRatio: -1.0015,
    })
    const sell = { ...mirrorPlan(plan), stop: 105 }
    expect(judge(sell, candles, { costs: free, asOf: at(80) })).toMatchObject({
      status: 'DELISTED',
      exitPrice: 98,
      returnGrossRatio: 0.02,
    })
  })

  it('takes fee and slippage of the value traded on the entry and on each exit', () => {
    const ending = judge(buy, series([quiet, [100, 106, 99, 104], [104, 104, 94, 95]]), {
      costs: { feePctPerSide: 0.1, slippageBpsPerSide: 5 },
    })
    const exit = 0.5 * 105 + 0.5 * 95
    const net = (exit - 100 - 0.0015 * 100 - 0.0015 * exit) / 100
    expect(ending.returnGrossRatio).toBeCloseTo(0, 12)
    expect(ending.returnNetRatio).toBeCloseTo(net, 12)
    expect(ending.rMultiple).toBeCloseTo((net * 100) / 5, 12)
  })

  it('measures excursions from the fill to the end, surely inside only', () => {
    const held = judge(
      buy,
      series([
        [100, 103, 98, 101],
        [101, 104, 99, 100],
        [100, 104.5, 94, 95],
      ]),
      { costs: free },
    )
    expect(held).toMatchObject({ status: 'STOPPED', mfeR: 0.8, maeR: 1 })
    const edge = judge(
      buy,
      series([
        [104, 104.75, 100, 102],
        [102, 103, 101, 102],
      ]),
      { costs: free },
    )
    expect(edge.mfeR).toBeCloseTo(2 / 6, 12)
    expect(edge.maeR).toBeCloseTo(1 / 6, 12)
  })

  it('is another ending for a corrected candle, since it knows nothing but what it is given', () => {
    const before = series([quiet, [100, 101, 94.9, 99], ...quietly(6)])
    const corrected = series([quiet, [100, 101, 95.1, 99], ...quietly(6)])
    expect(judge(buy, before, { costs: free }).status).toBe('STOPPED')
    expect(judge(buy, corrected, { costs: free }).status).toBe('EXPIRED')
    expect(judge(buy, before, { costs: free })).toEqual(judge(buy, before, { costs: free }))
  })

  it('keeps R finite for a fill a hair beyond the stop: at least what the edge of the zone would have risked', () => {
    const gap = series([quiet, [94.99, 95, 94, 94.5]], { from: at(-1) })
    const { rMultiple, status } = judge(buy, gap, { costs: defaultCosts })
    expect(status).toBe('STOPPED')
    expect(rMultiple).toBeCloseTo((-2 * 0.0015 * 94.99) / 4, 12)
  })

  it('follows prices of 1e-12', () => {
    const u = 1e-12
    const plan: Directional = {
      ...buy,
      entryLow: 99 * u,
      entryHigh: 101 * u,
      stop: 95 * u,
      targets: buy.targets.map((t) => ({ ...t, price: t.price * u })),
    }
    const rows = [quiet, [100, 106, 99, 104], [104, 104, 94, 95]].map(
      (row) => row.map((p) => (p ?? 0) * u) as unknown as Ohlcv,
    )
    const ending = judge(plan, series(rows.map(([o, h, l, c]): Ohlcv => [o, h, l, c])), { costs: free })
    expect(ending).toMatchObject({ status: 'STOPPED', first: 'target', fillPrice: 100 * u })
    expect(ending.rMultiple).toBeCloseTo(0, 9)
  })

  it('is OPEN on no candles at all', () => {
    expect(judge(buy, series([]), { costs: free })).toMatchObject({ status: 'OPEN', at: null, events: [] })
  })
})

describe('judge: HOLD and AVOID', () => {
  const hold = { type: 'HOLD', issuedAt: start, expiresAt: start + hours(4), bandLow: 95, bandHigh: 105 } as const
  const avoid = { type: 'AVOID', issuedAt: start, expiresAt: start + hours(4) } as const
  const four = (third: Ohlcv): Ohlcv[] => [quiet, quiet, third, quiet]

  it.each<[string, Ohlcv[], Partial<Ending>]>([
    [
      'is held when price touched both edges',
      four([100, 105, 95, 100]),
      { status: 'EXPIRED', held: true, at: at(4), returnNetRatio: null, rMultiple: null },
    ],
    [
      'is broken by the first trade above the band',
      four([100, 105.5, 99, 100]),
      { status: 'STOPPED', held: false, at: at(2), decidedBy: 2, events: [{ at: at(2), event: 'STOP', price: 105 }] },
    ],
    [
      'is broken by the first trade below the band',
      four([100, 101, 94, 100]),
      { status: 'STOPPED', held: false, events: [{ at: at(2), event: 'STOP', price: 95 }] },
    ],
    [
      'is broken at the open of a bar that gaps out of the band',
      four([110, 111, 109, 110]),
      { status: 'STOPPED', held: false, events: [{ at: at(2), event: 'STOP', price: 110 }] },
    ],
    ['is not broken by a bar without trades', four([110, 110, 110, 110, 0]), { status: 'EXPIRED', held: true }],
    ['is not broken behind its horizon', [...four(quiet), [110, 111, 109, 110]], { status: 'EXPIRED', held: true }],
    ['is OPEN while candles last inside the band', [quiet, quiet], { status: 'OPEN', held: null, at: null }],
  ])('HOLD %s', (_, rows, wanted) => {
    expect(judge(hold, series(rows), { costs: defaultCosts })).toMatchObject(wanted)
  })

  it('HOLD is UNRESOLVED in a halt and DELISTED when trading ended, without a verdict', () => {
    expect(judge(hold, series([quiet, ...missing(30), quiet]), { costs: free })).toMatchObject({
      status: 'UNRESOLVED',
      held: null,
      at: at(4),
    })
    expect(judge(hold, series([quiet]), { costs: free, asOf: at(40) })).toMatchObject({
      status: 'DELISTED',
      held: null,
      at: at(0),
    })
    expect(judge(hold, series([]), { costs: free, asOf: at(40) })).toMatchObject({ status: 'UNRESOLVED', held: null })
  })

  it('AVOID tells the return of the market from the first trade to the end of the horizon', () => {
    const rows: Ohlcv[] = [[99, 99, 99, 99, 0], [100, 101, 99, 100], quiet, [90, 92, 78, 80], [200, 200, 200, 200]]
    const ending = judge(avoid, series(rows), { costs: defaultCosts })
    expect(ending).toMatchObject({
      status: 'EXPIRED',
      at: at(4),
      held: null,
      rMultiple: null,
      returnNetRatio: null,
      fillPrice: null,
    })
    expect(ending.returnGrossRatio).toBeCloseTo(-0.2, 12)
  })

  it('AVOID is OPEN before the end, and tells the last tradable price of a coin that died', () => {
    expect(judge(avoid, series([quiet]), { costs: free })).toMatchObject({ status: 'OPEN', returnGrossRatio: null })
    const died = judge(avoid, series([quiet, [100, 100, 40, 50]]), { costs: free, asOf: at(40) })
    expect(died).toMatchObject({ status: 'DELISTED', returnGrossRatio: -0.5 })
  })
})
