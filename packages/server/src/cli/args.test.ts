import { describe, expect, it } from 'vitest'
import {
  duration,
  flag,
  instant,
  integer,
  number,
  oneOf,
  optional,
  readArgs,
  repeated,
  required,
  text,
  withDefault,
} from './args.ts'

const spec = {
  candles: repeated(text),
  fees: withDefault(number({ min: 0, max: 10 }), 0.1),
  every: withDefault(duration, 3_600_000),
  from: optional(instant),
  seed: optional(integer({ min: 0 })),
  timeframe: required(oneOf(['SWING', 'SCALP'])),
  json: flag(),
}
const least = ['--candles', 'a.csv', '--timeframe', 'SWING']

describe('arguments of a command', () => {
  it('are read by the table, defaults where nothing was given', () => {
    expect(readArgs(least, spec).values).toEqual({
      candles: ['a.csv'],
      fees: 0.1,
      every: 3_600_000,
      from: undefined,
      seed: undefined,
      timeframe: 'SWING',
      json: false,
    })
  })

  it('may come in any order, joined by = or not, and again where the table says so', () => {
    const args = [
      '--json',
      '--every=4h',
      '--candles=a.csv',
      '--from',
      '2023-01-01',
      '--timeframe',
      'SCALP',
      '--candles',
      'b.csv',
      '--seed',
      '7',
    ]
    expect(readArgs(args, spec).values).toEqual({
      candles: ['a.csv', 'b.csv'],
      fees: 0.1,
      every: 14_400_000,
      from: Date.UTC(2023, 0, 1),
      seed: 7,
      timeframe: 'SCALP',
      json: true,
    })
  })

  it('give positionals back in order', () => {
    const { positionals } = readArgs(
      ['BTC', '--json', '--', '--odd'],
      { json: flag() },
      { min: 1, max: 2, what: 'token' },
    )
    expect(positionals).toEqual(['BTC', '--odd'])
  })

  it.each([
    [
      ['--colour', 'red'],
      'unknown option --colour: allowed are --candles, --fees, --every, --from, --seed, --timeframe, --json, --help',
    ],
    [['-j'], 'unknown option -j: allowed are'],
    [['--toString'], 'unknown option --toString'],
    [['--fees', '1', '--fees', '2'], '--fees is given twice'],
    [['--json', '--json'], '--json is given twice'],
    [['--json=yes'], '--json takes no value, "yes" was given'],
    [['--fees', '--json'], '--fees needs a value'],
    [['--fees'], '--fees needs a value'],
    [['--fees', '-1'], '--fees "-1": allowed is a decimal number from 0 to 10'],
    [['--fees', '1e3'], '--fees "1e3"'],
    [['--fees', 'NaN'], '--fees "NaN"'],
    [['--seed', '1.5'], '--seed "1.5": allowed is a whole number from 0 to any'],
    [['--every', '4w'], '--every "4w": allowed is a whole number of minutes, hours or days such as 15m, 4h, 1d'],
    [['--every', '0h'], '--every "0h"'],
    [['--from', 'yesterday'], '--from must be an ISO 8601 instant'],
    [['--candles', ''], '--candles "": allowed is any text that is not empty'],
    [['stray'], 'unexpected argument "stray"'],
  ])('refuse %j with a sentence that names it', (args, sentence) => {
    expect(() => readArgs([...least, ...args], spec)).toThrow(
      expect.objectContaining({ code: 'invalid', message: expect.stringContaining(sentence) }),
    )
  })

  it('refuse what is missing and what is not among the allowed', () => {
    expect(() => readArgs(['--timeframe', 'SWING'], spec)).toThrow(
      '--candles is missing: it must be given at least once',
    )
    expect(() => readArgs(['--candles', 'a.csv'], spec)).toThrow('--timeframe is missing: it is required')
    expect(() => readArgs(['--candles', 'a', '--timeframe', 'swing'], spec)).toThrow(
      '--timeframe "swing": allowed is one of SWING, SCALP',
    )
    expect(() => readArgs([], {}, { min: 1, max: 1, what: 'token' })).toThrow('token: 1 expected, none was given')
    expect(() => readArgs(['a', 'b'], {}, { min: 1, max: 1, what: 'token' })).toThrow('token: 1 expected, 2 given: a b')
  })
})
