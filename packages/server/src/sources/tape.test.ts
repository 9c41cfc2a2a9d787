import { minutes, price, seconds } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { createTape } from './tape.ts'

const start = Date.UTC(2026, 2, 1, 12, 34)
const trade = (id: number, atS: number, at: string, size = '1') => ({
  id,
  at: start + seconds(atS),
  price: price(at),
  size: price(size),
})
/** A tape that was begun half a minute before `start`. */
const begun = () => {
  const tape = createTape()
  tape.begin(start)
  tape.seen(10, start)
  return tape
}

describe('the tape of one product', () => {
  it('makes minutes of trades, with amounts added as decimals, in order', () => {
    const tape = begun()
    for (const one of [trade(11, 1, '5', '0.1'), trade(12, 61, '7', '0.1'), trade(13, 59, '4', '0.2')]) {
      expect(tape.take(one, start + minutes(1))).toBe(true)
    }
    expect(tape.close(start + seconds(59))).toEqual([])
    expect(tape.close(start + minutes(5))).toEqual([
      { openAt: start, open: 5, high: 5, low: 4, close: 4, volume: 0.3 },
      { openAt: start + minutes(1), open: 7, high: 7, low: 7, close: 7, volume: 0.1 },
    ])
    expect(tape.close(start + minutes(5))).toEqual([])
  })

  it('tells no minute of which a trade is missing, by the numbers of trades, and goes on with the next', () => {
    const tape = begun()
    tape.take(trade(11, 1, '5'), start + minutes(1))
    tape.take(trade(13, 2, '5'), start + minutes(1))
    tape.take(trade(14, 61, '6'), start + minutes(2))
    expect(tape.since()).toBe(start + minutes(1))
    expect(tape.close(start + minutes(3)).map(({ openAt }) => openAt)).toEqual([start + minutes(1)])
  })

  it('counts a trade that is told again once', () => {
    const tape = begun()
    for (let i = 0; i < 3; i++) tape.take(trade(11, 1, '5'), start + minutes(1))
    tape.take(trade(9, 2, '1'), start + minutes(1))
    expect(tape.close(start + minutes(1))).toEqual([{ openAt: start, open: 5, high: 5, low: 5, close: 5, volume: 1 }])
  })

  it('says of a trade that it came too late for its minute, and begins anew', () => {
    const tape = begun()
    tape.take(trade(11, 1, '5'), start + minutes(1))
    expect(tape.close(start + minutes(1))).toHaveLength(1)
    expect(tape.take(trade(12, 59, '9'), start + minutes(2))).toBe(false)
    tape.take(trade(13, 70, '9'), start + minutes(2))
    expect(tape.close(start + minutes(2))).toEqual([])
    expect(tape.since()).toBe(start + minutes(2))
  })

  it('leaves out the minute into which the beginning falls, also when the venue shows the past only later', () => {
    const tape = createTape()
    expect(tape.since()).toBeNull()
    tape.take(trade(1, 1, '5'), start + minutes(1))
    expect(tape.close(start + minutes(1))).toEqual([])
    tape.begin(start + minutes(1))
    tape.seen(7, start + minutes(2))
    tape.take(trade(8, 90, '5'), start + minutes(2))
    tape.take(trade(9, 121, '6'), start + minutes(3))
    expect(tape.close(start + minutes(3)).map(({ openAt }) => openAt)).toEqual([start + minutes(2)])
  })
})
