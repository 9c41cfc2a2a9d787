import { toIso } from '@pumpiq/domain'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, Delivered, Outlet } from './channel.ts'
import type { Notice } from './notice.ts'

/** What a receiver took: as people would see it, the bytes as text, and the key by which it could know a repetition. */
export type Taken = { readonly seen: string; readonly raw: string; readonly key: string | null }

/** A vendor of the test's, written from its manual, and the way out that leads to it. It takes what is right unless it is told otherwise. */
export type Counterpart<Turn> = {
  readonly outlet: Outlet
  readonly taken: Taken[]
  /** How many times it was spoken to. */
  readonly asked: () => number
  /** The next times it answers so. `silent` takes the message and says nothing, `cut` hangs up instead. */
  next(...turns: readonly (Turn | 'silent' | 'cut')[]): void
  close(): Promise<void>
}

export type ChannelCase<Target, Turn> = {
  readonly target: Target
  /** What nobody may see. */
  readonly secrets: readonly string[]
  /** Targets that are refused. */
  readonly bad: readonly unknown[]
  readonly open: () => Promise<Counterpart<Turn>>
  /** A way out at whose end nobody is. */
  readonly nobody: Outlet
  /** `more`: how many requests it makes beyond those that are answered so. */
  readonly answers: readonly (readonly [
    what: string,
    turns: readonly Turn[],
    expected: Partial<Record<string, unknown>>,
    more?: number,
  ])[]
}

/** How a delivery may end, for `answers`. */
export const ending = {
  gone: { ended: 'gone' },
  refused: { ended: 'refused' },
  maybe: { ended: 'maybe' },
  sent: { ended: 'sent' },
  later: (afterMs: number | null = null) => ({ ended: 'later', afterMs }),
} as const

export const testNow = Date.UTC(2026, 10, 22, 10, 0, 0)

export const sampleNotice = (more: Partial<Notice> = {}): Notice => ({
  id: '0193512c-5c00-7000-8000-000000000001',
  kind: 'issued',
  at: toIso(testNow),
  expiresAt: toIso(testNow + 600_000),
  title: 'BUY BTC at 64,000',
  text: 'Stop 62,000, targets 66,000 and 68,000. Confidence 0.62.',
  link: 'https://pumpiq.example/recommendations/1',
  recommendationId: '0193512c-5c00-7000-8000-000000000002',
  token: 'bitcoin:native',
  symbol: 'BTC',
  simulated: false,
  ...more,
})

/** What foreign text may try on whoever shows it. Every entry is visible in part, and its active form may not arrive. */
const hostileTexts: readonly string[] = [
  '@everyone @here <@123456789012345678> <@&1> <!everyone> <!channel|x>',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '*bold* _under_ ~strike~ `code` ||spoiler|| [safe](https://evil.example) > quote # head',
  '</b><a href="https://evil.example">click</a> &lt;b&gt; &amp;',
  '<https://evil.example|bank> "quoted" \'single\' \\ back\\slash',
  '\u202eevitagen\u202c \u2066isolated\u2069 zero\u200bwidth\u200d joined\ufeff',
  'line one\r\nBcc: victim@example.com\r\n\r\n<b>body</b>\u0000\u0007\u001b[31m',
  'Z\u0351\u036b\u0343\u036a\u0302\u0351\u036b\u0343\u036a\u0302a\u0351\u036b\u0343\u036al\u0302go 👩‍👩‍👧 \ud800 lone',
]

/** Characters that no receiver is sent. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/u

/** The contract of every channel. */
export function testChannel<Target, Turn>(channel: Channel<Target>, given: ChannelCase<Target, Turn>): void {
  const { target, secrets, bad, open, nobody, answers } = given
  let counterpart: Counterpart<Turn>
  const never = new AbortController().signal
  const send = (notices: readonly Notice[] = [sampleNotice()], key = 'key-1', outlet = counterpart.outlet) =>
    channel.send({ target, notices, key, outlet, abort: never })
  /** No ending tells a secret. */
  const ends = async (sent: Promise<Delivered>): Promise<Delivered> => {
    const delivered = await sent
    for (const secret of secrets) expect(JSON.stringify(delivered)).not.toContain(secret)
    if (delivered.ended !== 'sent') expect(delivered.why).toMatch(/^\S.{8,}/)
    return delivered
  }
  const soleTaken = (): Taken => {
    expect(counterpart.taken).toHaveLength(1)
    return counterpart.taken[0]!
  }

  describe(`the channel ${channel.id}`, () => {
    beforeAll(async () => void (counterpart = await open()))
    afterAll(() => counterpart.close())
    beforeEach(() => void (counterpart.taken.length = 0))

    it('takes its target as it is and refuses what is none', () => {
      expect(channel.target.parse(target)).toEqual(target)
      const taken = bad.filter((wrong) => channel.target.safeParse(wrong).success)
      expect([taken, channel.target.safeParse({}).success, channel.target.safeParse(null).success]).toEqual([
        [],
        false,
        false,
      ])
      expect(channel.docs).toMatch(/^https:\/\//)
    })

    it('shows its target without its secrets', () => {
      expect(channel.show(target)).toMatch(/\S/)
      for (const secret of secrets) expect(channel.show(target)).not.toContain(secret)
    })

    it('delivers a notice with its title and text', async () => {
      expect(await ends(send())).toEqual({ ended: 'sent' })
      const { seen } = soleTaken()
      expect(seen).toContain('BUY BTC at 64,000')
      expect(seen).toContain('Stop 62,000, targets 66,000 and 68,000. Confidence 0.62.')
      expect(seen).toContain('https://pumpiq.example/recommendations/1')
    })

    it('says of what is not real that it is not', async () => {
      await ends(send([sampleNotice({ simulated: true })]))
      expect(soleTaken().seen).toMatch(/SIMULATED|"simulated":true/)
    })

    it('delivers several notices as one message', async () => {
      const notices = ['BTC', 'ETH', 'SOL'].map((symbol) => sampleNotice({ title: `STOP ${symbol}`, link: null }))
      expect(await ends(send(notices))).toEqual({ ended: 'sent' })
      for (const { title } of notices) expect(soleTaken().seen).toContain(title)
    })

    it('keeps to the limits with 200 notices of 5,000 characters, and says how many are left out', async () => {
      const notices = Array.from({ length: 200 }, (_, i) =>
        sampleNotice({ title: `${i} ${'t'.repeat(300)}`, text: '🦎*<&"ü\\'.repeat(700) }),
      )
      expect(await ends(send(notices))).toEqual({ ended: 'sent' })
      expect(soleTaken().seen).toMatch(/and \d+ more|"omitted":\d{2,}/)
    })

    it('cuts a long text behind a whole character, with an ellipsis', async () => {
      expect(await ends(send([sampleNotice({ text: '🦎'.repeat(40_000) })]))).toEqual({ ended: 'sent' })
      expect(soleTaken().seen).toContain('🦎…')
      expect(soleTaken().seen).not.toMatch(unseen)
    })

    it.each(hostileTexts)('sends out foreign text as words only: %j', async (text) => {
      // The counterpart refuses what its vendor would take for more than words.
      expect(await ends(send([sampleNotice({ title: text, text: `${text} end` })]))).toEqual({ ended: 'sent' })
      expect(soleTaken().seen).not.toMatch(unseen)
      expect(soleTaken().seen).toContain('end')
    })

    it('sends the same key in every repetition, or says that nobody can know one', async () => {
      await ends(send([sampleNotice()], 'key-1'))
      await ends(send([sampleNotice()], 'key-1'))
      await ends(send([sampleNotice()], 'key-2'))
      const [first, again, other] = counterpart.taken.map(({ key }) => key)
      expect(again).toBe(first)
      if (channel.knowsRepetition) expect([typeof first, other === first]).toEqual(['string', false])
      expect(counterpart.taken[1]!.seen).toBe(counterpart.taken[0]!.seen)
    })

    it.each(['silent', 'cut'] as const)(
      'does not know what became of a message when the receiver is %s',
      async (turn) => {
        counterpart.next(turn)
        expect(await ends(send())).toMatchObject({ ended: 'maybe' })
      },
    )

    it('tries later when nobody is there', async () => {
      expect(await ends(send([sampleNotice()], 'key-1', nobody))).toMatchObject({ ended: 'later' })
    })

    it.each(answers.map(([what, ...rest]) => ({ what, rest })))('understands $what', async ({ rest }) => {
      const [turns, expected, more = 0] = rest
      const before = counterpart.asked()
      counterpart.next(...turns)
      expect(await ends(send())).toMatchObject(expected)
      expect(counterpart.asked() - before).toBe(turns.length + more)
    })
  })
}
