import { expect, it } from 'vitest'
import { days, hours, minutes } from '@pumpiq/domain'
import { benchAt, createBench } from '../testing/bench.ts'
import { createNeededCandles } from './needed.ts'

it('candles are needed from the issue of what is open, and until nine days after it has ended', async () => {
  const bench = await createBench()
  const needed = createNeededCandles({ db: bench.db, clock: bench.clock })
  try {
    bench.trade(benchAt - hours(1), benchAt + days(12), [100, 100, 100, 100])
    await bench.issue()
    expect(await needed()).toEqual([{ token: 'bitcoin:native', source: null, from: benchAt }])
    await bench.to(benchAt + minutes(2))
    const followed = [{ token: 'bitcoin:native', source: 'paper', from: benchAt }]
    expect(await needed()).toEqual(followed)
    await bench.to(benchAt + days(1) + minutes(5))
    const { n } = await bench.db
      .selectFrom('following')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('closed', '=', true)
      .executeTakeFirstOrThrow()
    expect(n).toBe(1)
    expect(await needed()).toEqual(followed)
    await bench.to(benchAt + days(10) + minutes(5))
    expect(await needed()).toEqual([])
  } finally {
    await bench.close()
  }
}, 120_000)
