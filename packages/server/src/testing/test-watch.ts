import { figureFault, isFailure, Observation, type Token } from '@pumpiq/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAsk } from '../network/ask.ts'
import type { Fetch } from '../network/fetch.ts'
import { mishapOf } from '../network/mishap.ts'
import { createCollectedLog, silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { createSecret } from '../platform/secret.ts'
import type { Source } from '../sources/source.ts'
import { mutated, withUnknownFields, type Mutation } from './mutate.ts'
import { broken, createLeapingClock } from './test-source.ts'

/** One watch with answers of its vendor. */
export type WatchSample = {
  /** The watch's name. */
  watch: string
  /** What it is asked about; null for the market. */
  token: Token | null
  /** Where the caller stands; the vendor's `Date` says the same. Epoch ms. */
  now: number
  /** What the vendor answers, by the address and the body that are sent: JSON, or a text as it goes over the wire. */
  answer(url: URL, body: unknown): unknown
  /** What it answers when there is nothing, where it can say so. */
  empty?(url: URL, body: unknown): unknown
  /** Members that are maps of the vendor's own names: an unknown name in them is not an unknown field. */
  maps?: readonly string[]
}

type World = { fetch: Fetch; log?: ReturnType<typeof createCollectedLog>; key?: string | null }

/** A key of the right form for every way to carry one. */
const anyKey = 'key-words:secret-words'

/** Everything a watch needs over a fetch, with a budget that never ends: one world is one question. */
export function askWatch(
  source: Source,
  sample: WatchSample,
  { fetch, log, key = anyKey }: World,
): Promise<Observation[]> {
  const plenty = { calls: 1_000_000, perMs: 1_000 }
  const withKey = source.key === 'none' ? source.key : { ...source.key, budget: plenty, quota: plenty }
  const ask = createAsk({
    fetch,
    clock: createLeapingClock(sample.now),
    random: seededRandom(7),
    log: log ?? silentLog,
    keys: key === null ? {} : { [source.id]: createSecret(key) },
  })
  const get = ask.from({ ...source, key: withKey, budget: plenty, quota: plenty, timeoutMs: 25 })
  const watch = source.watches?.find(({ name }) => name === sample.watch)
  if (!watch) throw new Error(`${source.id} has no watch ${sample.watch}`)
  if (watch.about === 'market') return watch.see({ now: sample.now, get })
  return watch.see({ token: sample.token!, now: sample.now, get })
}

const isGrant = (url: URL, source: Source): boolean =>
  source.key !== 'none' &&
  (('tokenUrl' in source.key && url.href === source.key.tokenUrl) ||
    ('sessionUrl' in source.key && url.href === source.key.sessionUrl))

/** A token, as either way to ask for one has it. */
const grant = { access_token: 'a-token', expires_in: 3600, accessJwt: 'a-token' }

type Body = (url: URL, body: unknown) => unknown

/** The vendor as the sample says, or with other bodies; whoever asks for a token with his key gets one. */
export const watchedVendor =
  (source: Source, sample: WatchSample, body: Body = sample.answer): Fetch =>
  async (request) => {
    const url = new URL(request.url)
    const sent = request.method === 'POST' && !isGrant(url, source) ? ((await request.json()) as unknown) : null
    const said = isGrant(url, source) ? grant : body(url, sent)
    const text = typeof said === 'string' ? said : JSON.stringify(said)
    return new Response(text, { headers: { date: new Date(sample.now).toUTCString() } })
  }

/** Whether what came out may be stored as true. */
export function expectObservations(
  source: Source,
  { token, now }: Pick<WatchSample, 'token' | 'now'>,
  said: unknown,
): void {
  for (const one of said as Observation[]) {
    const { source: by, token: of, observedAt, fetchedAt } = Observation.parse(one)
    // No database keeps NUL or halves of characters.
    expect(JSON.stringify(one)).not.toMatch(/(?<!\\)\\u(0000|d[89a-f])/)
    expect(by).toBe(source.id)
    if (of !== null) expect(of).toBe(token?.id ?? of)
    expect(Date.parse(observedAt)).toBeLessThanOrEqual(Date.parse(fetchedAt))
    expect(Date.parse(fetchedAt)).toBeLessThanOrEqual(now)
    if (one.what === 'figure') expect(figureFault(one.name, one.value)).toBeNull()
    if (one.what === 'document') expect(one.id.startsWith(`${source.id}:`)).toBe(true)
  }
  const documents = (said as Observation[]).filter((one) => one.what === 'document')
  expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length)
}

const hostile: fc.Arbitrary<Mutation[]> = fc.array(fc.record({ where: fc.nat(), how: fc.nat(), spare: fc.nat() }), {
  minLength: 1,
  maxLength: 3,
})

/** A text with a piece cut out, doubled, or turned into what no vendor sends. */
function mutatedText(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((now, { where, how, spare }) => {
    const at = where % (now.length + 1)
    const end = Math.min(now.length, at + 1 + (spare % 40))
    const instead = ['', '<', '&#0;', '\u0000', now.slice(at, end).repeat(2), ']]>', '9'.repeat(400)][how % 7]!
    return now.slice(0, at) + instead + now.slice(end)
  }, text)
}

const mutate = (said: unknown, mutations: Mutation[]): unknown =>
  typeof said === 'string' ? mutatedText(said, mutations) : mutated(said, mutations)

/**
 * What every watch owes: valid observations of its own source and token, none from the future, unknown fields ignored, failures named and
 * never taken for "nothing", no key and no body in what it says, and nothing invalid out of `payloads` mutated answers a sample.
 */
export function testWatches(source: Source, samples: readonly WatchSample[], { payloads = 1_000 } = {}): void {
  describe(`the source ${source.id}`, () => {
    it('has a sample of each of its watches', () => {
      expect(new Set(samples.map(({ watch }) => watch))).toEqual(new Set(source.watches?.map(({ name }) => name)))
    })
    for (const sample of samples)
      describe(`asked for ${sample.watch} of ${sample.token?.id ?? 'the market'}`, () => {
        testWatch(source, sample, payloads)
      })
  })
}

function testWatch(source: Source, sample: WatchSample, payloads: number): void {
  it('gives valid observations, and some', async () => {
    const said = await askWatch(source, sample, { fetch: watchedVendor(source, sample) })
    expectObservations(source, sample, said)
    expect(said.length).toBeGreaterThan(0)
  })

  it('ignores fields it does not know', async () => {
    const more: Body = (url, body) => {
      const said = sample.answer(url, body)
      return typeof said === 'string' ? said : withUnknownFields(said, sample.maps ?? [])
    }
    expect(await askWatch(source, sample, { fetch: watchedVendor(source, sample, more) })).toEqual(
      await askWatch(source, sample, { fetch: watchedVendor(source, sample) }),
    )
  })

  it('gives nothing from after the instant the caller stands at, wherever that is', async () => {
    for (const backMs of [3_600_000, 86_400_000, 10 * 86_400_000]) {
      const earlier = { ...sample, now: sample.now - backMs }
      const fetch = watchedVendor(source, earlier)
      const said = await askWatch(source, earlier, { fetch }).catch((thrown: unknown) => thrown)
      if (isFailure(said)) expect(mishapOf(said)).not.toBeNull()
      else expectObservations(source, earlier, said)
    }
  })

  it.each([sample.empty].filter((empty) => empty !== undefined))(
    'gives nothing when the vendor says that there is nothing',
    async (empty) => {
      expect(await askWatch(source, sample, { fetch: watchedVendor(source, sample, empty) })).toEqual([])
    },
  )

  it.each(broken)('fails on %s with its name, without key or body', async (_, answer, mishap, code) => {
    const log = createCollectedLog()
    const told: string[] = []
    const fetch: Fetch = async (request) => {
      const url = new URL(request.url)
      if (isGrant(url, source)) return Response.json(grant)
      told.push(url.host + url.pathname)
      return answer(url)
    }
    const thrown = await askWatch(source, sample, { fetch, log }).catch((reason: unknown) => reason)
    // What is no JSON at all cannot tell another shape from a broken one.
    const isText = typeof sample.answer(new URL('https://x.example'), null) === 'string'
    const names = isText && ['drift', 'garbled'].includes(mishap) ? ['drift', 'garbled'] : [mishap]
    expect(isFailure(thrown) && thrown.code).toBe(code)
    expect(names).toContain(mishapOf(thrown))
    const said = JSON.stringify([isFailure(thrown) && [thrown.message, thrown.cause], log.entries, told])
    expect(said).not.toMatch(/key-words|secret-words|body-words|a-token/)
    expect(log.entries.length).toBeGreaterThan(0)
  })

  it(`lets nothing invalid out of ${payloads.toLocaleString('en')} mutated answers`, { timeout: 120_000 }, async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(hostile, async (mutations) => {
        const fetch = watchedVendor(source, sample, (url, body) => mutate(sample.answer(url, body), mutations))
        const said = await askWatch(source, sample, { fetch }).catch((thrown: unknown) => thrown)
        if (said instanceof Error && !isFailure(said)) throw said
        if (isFailure(said)) refused++
        else expectObservations(source, sample, said)
      }),
      { numRuns: payloads, seed: 20_260_301 },
    )
    expect(refused).toBeLessThan(payloads)
  })
}
