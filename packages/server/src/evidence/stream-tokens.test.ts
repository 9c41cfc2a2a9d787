import { Failure, minutes, seconds } from '@pumpiq/domain'
import { afterEach, expect, it } from 'vitest'
import type { Hearing } from '../network/socket.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import { pumpportal } from '../sources/pumpportal.ts'
import type { TokenStreamEvent } from '../sources/source.ts'
import { readSample } from '../testing/test-source.ts'
import { createTokenLine } from './stream-tokens.ts'

const messages = readSample('pumpportal/messages.json') as Record<string, unknown>
const create = JSON.stringify(messages['create'])
const word = JSON.stringify(messages['word'])

let line: ReturnType<typeof createTokenLine>
afterEach(() => line.close())

/** A line whose far end is in our hand. */
function hold({ refusal = null as Failure | null } = {}) {
  const clock = createManualClock(Date.UTC(2026, 5, 1))
  const log = createCollectedLog()
  const told: TokenStreamEvent[] = []
  const opened: number[] = []
  const sent: string[] = []
  const far: { hearing: Hearing | null; refusal: Failure | null; open: number } = {
    hearing: null,
    refusal,
    open: 0,
  }
  line = createTokenLine({
    source: pumpportal.id,
    plan: pumpportal.streams!.tokens!,
    tell: (event) => void told.push(event),
    async socket(url, hearing) {
      expect(url).toBe('wss://pumpportal.fun/api/data')
      opened.push(clock.now())
      if (far.refusal) throw far.refusal
      far.hearing = hearing
      far.open++
      const end = () => {
        if (far.hearing !== hearing) return
        far.hearing = null
        far.open--
        hearing.onClose('the vendor ended the line')
      }
      hearing.abort?.addEventListener('abort', end, { once: true })
      return { send: (text) => void sent.push(text), close: end }
    },
    clock,
    random: seededRandom(1),
    log,
  })
  const say = (text: string) => far.hearing?.onMessage(text)
  const cut = () => {
    const { hearing } = far
    far.hearing = null
    far.open--
    hearing?.onClose('the vendor ended the line')
  }
  const warned = () => log.entries.filter(({ level }) => level === 'warn').map(({ sentence }) => sentence)
  return { clock, told, opened, sent, far, say, cut, warned }
}

it('asks for what there is, and hands on what is told', async () => {
  const { clock, told, sent, say } = hold()
  await clock.advance(0)
  await clock.advance(seconds(2))
  expect(sent).toEqual(pumpportal.streams!.tokens!.greeting)
  say(word)
  say(create)
  say(JSON.stringify(messages['migrate']))
  expect(told.map((event) => event.told)).toEqual(['token', 'seen'])
  expect(line.state()).toMatchObject({
    source: 'pumpportal',
    connected: true,
    watched: 1,
    lastMessageAt: clock.now(),
    reconnects: 0,
    drift: 0,
    problem: null,
  })
})

it('counts what cannot be true, hands on none of it, and keeps the line', async () => {
  const { clock, told, far, say, warned } = hold()
  await clock.advance(0)
  await clock.advance(seconds(2))
  for (const text of ['', '{', '[]', create.replace('"name"', '"gone"')]) say(text)
  expect(told).toEqual([])
  expect(line.state()).toMatchObject({ drift: 4, connected: true })
  expect([far.open, warned().length]).toEqual([1, 1])
})

it('is opened anew when it is lost, after pauses that grow, never beside another', async () => {
  const { clock, opened, far, say, cut } = hold()
  await clock.advance(seconds(1))
  for (let n = 0; n < 8; n++) {
    expect(far.open).toBe(1)
    cut()
    await clock.advance(seconds(5))
    expect(line.state().connected).toBe(false)
    await clock.advance(minutes(1))
  }
  const pauses = opened.slice(1).map((at, i) => at - opened[i]!)
  expect(opened).toHaveLength(9)
  expect(line.state().reconnects).toBe(8)
  expect(Math.max(...pauses)).toBeLessThanOrEqual(minutes(2) + seconds(10))
  say(word)
  expect(line.state().connected).toBe(true)
})

it('waits longer after each refusal, a minute at least when it is sent away, and says so once', async () => {
  const refused = hold({ refusal: new Failure('unavailable', 'pumpportal.fun cannot be listened to') })
  await refused.clock.advance(0)
  await refused.clock.advance(minutes(10))
  const pauses = refused.opened.slice(1).map((at, i) => at - refused.opened[i]!)
  expect(pauses.length).toBeGreaterThan(5)
  for (const [i, pause] of pauses.entries()) {
    const full = Math.min(minutes(1), seconds(1) * 2 ** i)
    expect(pause).toBeGreaterThanOrEqual(full / 2)
    expect(pause).toBeLessThanOrEqual(full + 1)
  }
  expect(refused.warned()).toEqual(['pumpportal does not tell any more: pumpportal.fun cannot be listened to'])
  refused.far.refusal = new Failure('tooMany', 'pumpportal.fun has had enough of us (HTTP 403)')
  const before = refused.opened.length
  await refused.clock.advance(minutes(10))
  const kept = refused.opened.slice(before)
  for (const [i, at] of kept.slice(1).entries()) expect(at - kept[i]!).toBeGreaterThanOrEqual(minutes(1.5))
  expect(refused.warned()).toHaveLength(2)
})

it('is renewed when it says nothing for a minute and a half', async () => {
  const { clock, opened, say, far } = hold()
  await clock.advance(seconds(1))
  for (let n = 0; n < 4; n++) {
    await clock.advance(minutes(1))
    say(word)
  }
  expect(opened).toHaveLength(1)
  await clock.advance(minutes(2))
  expect([opened.length, far.open]).toEqual([2, 1])
})

it('is not opened again once it is closed', async () => {
  const { clock, opened, far } = hold()
  await clock.advance(seconds(1))
  line.close()
  await clock.advance(minutes(10))
  expect([opened.length, far.open, clock.dueIn()]).toEqual([1, 0, null])
})
