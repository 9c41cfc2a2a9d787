import { hours, minutes, seconds } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { mishapFailure } from '../network/mishap.ts'
import { figuresOf } from './seen.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

/** Every member is a text; `timestamp` is the day's midnight UTC in epoch seconds, the newest first. */
const Row = z.looseObject({
  value: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().max(100)),
  timestamp: z
    .string()
    .regex(/^\d{9,10}$/)
    .transform((text) => seconds(Number(text))),
})
const Index = z.looseObject({ data: z.array(Row).min(1) })

const ErrorBody = z.looseObject({ metadata: z.looseObject({ error: z.string().min(1) }) })

export const alternativeMe: Source = {
  id: 'alternative-me',
  docs: 'https://alternative.me/crypto/fear-and-greed-index/',
  key: 'none',
  budget: { calls: 60, perMs: minutes(1) },
  readError,
  feeds: {},
  // One value a day, about midnight UTC.
  watches: [{ name: 'fear-greed', kind: 'social', about: 'market', freshMs: hours(4), calls: 1, see: fearGreed }],
}

/** The newest day's index. It is of Bitcoin, by its maker's word, and told of the market. */
async function fearGreed({ now, get, abort }: WatchAsk) {
  const { body, fetchedAt } = await get.timed('https://api.alternative.me/fng/?limit=1', Index, { abort })
  const { value, timestamp } = body.data[0]!
  // A day that has not begun is no reading; that the newest is days old is for whoever knows how long it stays true.
  if (timestamp > now)
    throw mishapFailure({ source: alternativeMe.id, mishap: 'drift' }, 'answered an index of a day to come')
  return figuresOf({ source: alternativeMe.id, token: null, observedAt: timestamp, fetchedAt }, { fearGreed: value })
}

/** An error is a text in `metadata`, whatever the status. */
function readError(_status: number, body: unknown): VendorError | null {
  return ErrorBody.safeParse(body).success ? { mishap: 'server', reason: 'says that something went wrong' } : null
}
