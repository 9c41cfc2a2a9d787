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
  // Large numbers are made hexadecimal slowly: the part of the clock once for all ids of a millisecond, the node in two halves of 24 bits.
  let prefixOf = -1
  let prefix = ''
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
      if (ms !== prefixOf) {
        const time = ms.toString(16).padStart(12, '0')
        prefix = `${time.slice(0, 8)}-${time.slice(8)}`
        prefixOf = ms
      }
      const middle = (0x7000 + count).toString(16)
      const clockSeq = (0x8000 + Math.floor(random() * 0x4000)).toString(16)
      const node = Math.floor(random() * 2 ** 48)
      return `${prefix}-${middle}-${clockSeq}-${hex24(Math.floor(node / 2 ** 24))}${hex24(node % 2 ** 24)}`
    },
  }
}

/** Six digits; the number fits into what engines keep as an integer. */
const hex24 = (value: number): string => (0x1000000 + value).toString(16).slice(1)

export const systemIds: Ids = createIds({ clock: systemClock, random: systemRandom })
