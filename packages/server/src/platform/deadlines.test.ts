import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createDeadlines } from './deadlines.ts'

it('fires what has not ended, in order, and nothing that has', async () => {
  const fired: string[] = []
  const deadlines = createDeadlines(() => performance.now())
  deadlines.after(20, () => fired.push('first'))
  const end = deadlines.after(20, () => fired.push('ended'))
  deadlines.after(30, () => fired.push('longer'))
  deadlines.after(20, () => fired.push('second'))
  end()
  expect(fired).toEqual([])
  await expect.poll(() => fired).toEqual(['first', 'second', 'longer'])
})

it('begins anew when all have ended', async () => {
  const deadlines = createDeadlines(() => performance.now())
  deadlines.after(5, () => {})()
  await sleep(20)
  const again = new Promise<string>((done) => deadlines.after(5, () => done('again')))
  expect(await again).toBe('again')
})

it('goes on when one was added while another was waited for', async () => {
  const fired: number[] = []
  const deadlines = createDeadlines(() => performance.now())
  deadlines.after(30, () => fired.push(1))
  await sleep(15)
  deadlines.after(30, () => fired.push(2))
  await expect.poll(() => fired).toEqual([1, 2])
})
