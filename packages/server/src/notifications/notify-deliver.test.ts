import { expect, it } from 'vitest'
import { silentLog } from '../platform/log.ts'
import { systemClock } from '../platform/clock.ts'
import type { Claimed } from './deliveries.ts'
import { createDeliver, type DeliverNeeds } from './notify-deliver.ts'

it('goes on with what the end of a message made due, also when that ended while it was looked for', async () => {
  const queue = ['one', 'two']
  let ends = 0
  const marked = Promise.withResolvers<void>()
  const deliveries = {
    tidy: async () => {},
    // The second waits for its target until the first has ended.
    async claim() {
      const isFree = queue.length === 2 || (queue.length === 1 && ends === 1)
      return isFree ? ({ id: queue.shift()!, notices: [] } as unknown as Claimed) : null
    },
    // What the database said before the first was written down, told after it.
    async nextAt() {
      if (ends === 0) await marked.promise.then(() => systemClock.sleep(5))
      return null
    },
    async mark() {
      ends++
      marked.resolve()
    },
  }
  const deliver = createDeliver({
    inApp: { byIds: async () => [] },
    deliveries,
    clock: systemClock,
    log: silentLog,
  } as unknown as DeliverNeeds)
  const sent = await deliver({ until: systemClock.now() + 60_000, abort: new AbortController().signal })
  expect([sent, ends]).toEqual([2, 2])
})
