import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import { systemRandom, type Random } from './random.ts'

/** Names that sort by the time they were given. */
export type Ids = { next(): string }

type Needs = { clock: Pick<Clock, 'now'>; random: Random }

/**
 * UUID version 7 (RFC 9562): 48 bits of epoch milliseconds, 12 bits that count within a millisecond (method 1 of section 6.2, started at
 * random in the lower half), 62 random bits. Ids of one maker only ever rise, also when the clock is set back.
 */
export function createIds({ clock, random }: Needs): Ids {
  let ms = -1
  let count = 0
  return {
    next() {
      const now = clock.now()
      if (now > ms) {
        ms = now
        count = Math.floor(random() * 0x800)
      } else if (++count > 0xfff) {
        ms += 1
        count = Math.floor(random() * 0x800)
      }
      const time = ms.toString(16).padStart(12, '0')
      const middle = (0x7000 + count).toString(16)
      const clockSeq = (0x8000 + Math.floor(random() * 0x4000)).toString(16)
      const node = Math.floor(random() * 2 ** 48)
        .toString(16)
        .padStart(12, '0')
      return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-${clockSeq}-${node}`
    },
  }
}

export const systemIds: Ids = createIds({ clock: systemClock, random: systemRandom })
