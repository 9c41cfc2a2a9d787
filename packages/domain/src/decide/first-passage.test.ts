import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { chance, gaussian } from '../testing/chance.ts'
import { discretenessShift, firstPassage, staysInside } from './first-passage.ts'

/** Walks of `steps` Gaussian steps a bar; a barrier is touched when a step lands behind it. Also measures range against move. */
function simulate(walks: number, bars: number, steps: number, sigma: number, up: number, down: number) {
  const random = chance(7)
  const step = sigma / Math.sqrt(steps)
  const count = { target: 0, stop: 0, expiry: 0 }
  let range = 0
  let move = 0
  for (let w = 0; w < walks; w++) {
    let x = 0
    let end: 'target' | 'stop' | 'expiry' = 'expiry'
    for (let b = 0; b < bars && end === 'expiry'; b++) {
      const open = x
      let high = x
      let low = x
      for (let s = 0; s < steps; s++) {
        x += step * gaussian(random) - (step * step) / 2
        if (x > high) high = x
        if (x < low) low = x
        if (end === 'expiry' && x >= up) end = 'target'
        else if (end === 'expiry' && x <= -down) end = 'stop'
      }
      range += high - low
      move += Math.abs(x - open)
    }
    count[end]++
  }
  return {
    target: count.target / walks,
    stop: count.stop / walks,
    expiry: count.expiry / walks,
    rangeToMove: range / move,
  }
}

describe('first passage between target and stop', () => {
  it('is the distance ratio of a martingale when time has no end', () => {
    const { target, stop, expiry } = firstPassage({
      side: 'up',
      toTarget: Math.log(1.06),
      toStop: -Math.log(0.97),
      sigma: 0.02,
      bars: 1e6,
    })
    expect(target).toBeCloseTo(0.03 / 0.09, 9)
    expect(stop).toBeCloseTo(0.06 / 0.09, 9)
    expect(expiry).toBeCloseTo(0, 12)
  })

  it('mirrors: a short sees the same barriers from the other side', () => {
    const long = firstPassage({ side: 'up', toTarget: 0.05, toStop: 0.03, sigma: 0.01, bars: 24 })
    const short = firstPassage({ side: 'down', toTarget: 0.03, toStop: 0.05, sigma: 0.01, bars: 24 })
    expect(short.target).toBeCloseTo(long.stop, 12)
    expect(short.stop).toBeCloseTo(long.target, 12)
  })

  it('both expansions agree where they meet, and the three endings sum to 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.002, max: 0.5, noNaN: true }),
        fc.double({ min: 0.002, max: 0.5, noNaN: true }),
        fc.double({ min: 0.001, max: 0.1, noNaN: true }),
        (up, down, sigma) => {
          const width = up + down
          const meeting = (0.3 * width * width) / (sigma * sigma)
          const before = firstPassage({ side: 'up', toTarget: up, toStop: down, sigma, bars: meeting * (1 - 1e-9) })
          const after = firstPassage({ side: 'up', toTarget: up, toStop: down, sigma, bars: meeting * (1 + 1e-9) })
          expect(after.target).toBeCloseTo(before.target, 7)
          expect(after.stop).toBeCloseTo(before.stop, 7)
          expect(before.target + before.stop + before.expiry).toBeCloseTo(1, 9)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('more time never makes a touch less likely', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.005, max: 0.3, noNaN: true }),
        fc.double({ min: 0.005, max: 0.3, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        (up, down, bars) => {
          const less = firstPassage({ side: 'up', toTarget: up, toStop: down, sigma: 0.01, bars })
          const more = firstPassage({ side: 'up', toTarget: up, toStop: down, sigma: 0.01, bars: bars + 1 })
          expect(more.target).toBeGreaterThanOrEqual(less.target - 1e-12)
          expect(more.stop).toBeGreaterThanOrEqual(less.stop - 1e-12)
        },
      ),
    )
  })

  it('without volatility or time nothing is touched', () => {
    expect(firstPassage({ side: 'up', toTarget: 0.1, toStop: 0.1, sigma: 0, bars: 10 })).toEqual({
      target: 0,
      stop: 0,
      expiry: 1,
    })
    expect(firstPassage({ side: 'down', toTarget: 0.1, toStop: 0.1, sigma: 0.1, bars: 0 }).expiry).toBe(1)
    expect(staysInside(0.1, 0.1, 0.01, 4)).toBeGreaterThan(0.99)
  })

  it.each([
    { steps: 1, name: 'one step a bar' },
    { steps: 4, name: 'four steps a bar' },
    { steps: 60, name: 'sixty steps a bar' },
  ])('matches simulated walks of $name once the barriers stand off by the measured discreteness', ({ steps }) => {
    const [up, down, sigma, bars] = [0.05, 0.04, 0.01, 48]
    const seen = simulate(steps === 60 ? 6_000 : 40_000, bars, steps, sigma, up, down)
    const shift = discretenessShift(sigma, seen.rangeToMove)
    const prior = firstPassage({ side: 'up', toTarget: up + shift, toStop: down + shift, sigma, bars })
    const tolerance = steps === 60 ? 0.02 : 0.01
    expect(Math.abs(prior.target - seen.target)).toBeLessThan(tolerance)
    expect(Math.abs(prior.stop - seen.stop)).toBeLessThan(tolerance)
  })
})
