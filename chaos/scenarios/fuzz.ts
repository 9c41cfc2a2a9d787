import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { createJudge } from '../fuzz/answers.ts'
import { ofLoop, slowest } from '../fuzz/figures.ts'
import { createIdentities, roles, type Identities } from '../fuzz/identities.ts'
import { createPeople, type People } from '../fuzz/people.ts'
import type { Recipe } from '../fuzz/kitchen.ts'
import { hookHost, recipes } from '../fuzz/recipes.ts'
import {
  cookedOf,
  operationsOf,
  placeOf,
  questionOf,
  type OpenApi,
  type Operation,
  type Question,
} from '../fuzz/requests.ts'
import type { Told } from '../fuzz/serve.ts'
import { note, notePlace, oneOf, type Random, type Seen } from '../fuzz/values.ts'
import { createReceiver } from '../receiver.ts'
import { exactly, none, told, type Figure, type Options, type Scenario } from '../report.ts'
import { serveUpstream } from '../upstream.ts'

const atOnce = 8
/** What makes the engine work is asked seldom: the edge is looked at here. */
const dear = new Set(['recommendations.create', 'recommendations.batch', 'notifications.testChannel', 'admin.runJob'])
/** So many questions of each operation that has a recipe are made by it, about. */
const cookedTimes = 15

/** Whoever asks whatever, as the served document allows and otherwise: no answer breaks, none breaks its promise, nothing ends. */
export const fuzz: Scenario = {
  summary: 'requests made from the served OpenAPI document, by three roles, good and bad',
  async run(options) {
    const home = mkdtempSync(join(tmpdir(), 'pumpiq-fuzz-'))
    const upstream = await serveUpstream({ [hookHost]: createReceiver({ random: () => 0.5 }).host })
    const server = fork(new URL('../fuzz/serve.ts', import.meta.url), [join(home, 'data'), upstream.url])
    const exits: (number | null)[] = []
    server.on('exit', (code) => exits.push(code))
    try {
      return await ask(server, exits, options)
    } finally {
      server.kill('SIGKILL')
      await upstream.close()
      rmSync(home, { recursive: true, force: true })
    }
  },
}

/** The next that the server tells of a kind; rejects when it ends before. */
async function heard<K extends 'url' | 'figures'>(
  server: ChildProcess,
  kind: K,
): Promise<Extract<Told, Record<K, unknown>>> {
  for (;;) {
    const [said] = (await Promise.race([once(server, 'message'), once(server, 'exit')])) as [Told | number | null]
    if (typeof said !== 'object' || said === null) throw new Error(`the server ended with ${said}`)
    if (kind in said) return said as Extract<Told, Record<K, unknown>>
  }
}

type Tally = {
  readonly faults: Map<string, number>
  readonly statuses: Map<string, number>
  asked: Set<string>
  good: Set<string>
  readonly took: [ms: number, operation: string][]
}

async function ask(server: ChildProcess, exits: unknown[], { full, seed, say }: Options): Promise<Figure[]> {
  const { url } = await heard(server, 'url')
  const total = full ? 100_000 : 5_000
  const random = seededRandom(seed)
  await sleep(15_000) // the first house calls are made
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as OpenApi
  const operations = operationsOf(document)
  const judge = createJudge(document)
  const identities = await createIdentities(url)
  const people = createPeople(url, random)
  server.on('message', (said: Told) => 'mail' in said && people.heard(said.mail))
  const seen: Seen = new Map()
  const cookedShare = Math.min(0.5, (cookedTimes * (full ? 4 : 1) * operations.length) / total)
  const tally: Tally = { faults: new Map(), statuses: new Map(), asked: new Set(), good: new Set(), took: [] }
  server.send('begin')
  let left = total
  const startedAt = performance.now()
  async function go(): Promise<void> {
    while (left-- > 0 && exits.length === 0) {
      const operation = operationFrom(operations, random)
      await askOne({ url, operation, identities, people, judge, seen, random, cookedShare }, tally)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, go))
  const tookS = (performance.now() - startedAt) / 1_000
  server.send('figures')
  const { figures } = await heard(server, 'figures')
  for (const [fault, n] of [...tally.faults].toSorted((a, b) => b[1] - a[1]).slice(0, 30)) say(`${n}x ${fault}`)
  const never = operations.filter(({ id }) => !tally.good.has(id)).map(({ id }) => id)
  return [
    exactly('operations that were asked', tally.asked.size, operations.length),
    told('of these without one good answer', never.join(', ') || 'none'),
    told('requests', total),
    told(
      'answers by status',
      [...tally.statuses]
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(([status, n]) => `${status} ${n}`)
        .join(', '),
    ),
    told('slowest, by the worst of each operation', slowest(tally.took)),
    told('requests a second', Math.round(total / tookS)),
    none(
      'answers of 5xx, or that break the document',
      [...tally.faults.values()].reduce((sum, n) => sum + n, 0),
    ),
    none('exits', exits.length),
    none('rejections that nobody handled', figures.unhandled),
    ...ofLoop(figures, full),
    told('memory at the end', `${figures.rssMb} MB`),
  ]
}

function operationFrom(operations: readonly Operation[], random: Random): Operation {
  const one = oneOf(random, operations)
  return dear.has(one.id) && random() < 0.8 ? operationFrom(operations, random) : one
}

type One = {
  url: string
  operation: Operation
  identities: Identities
  people: People
  judge: ReturnType<typeof createJudge>
  seen: Seen
  random: Random
  cookedShare: number
}

async function askOne(one: One, tally: Tally): Promise<void> {
  const { url, operation, identities, people, judge, seen, random, cookedShare } = one
  const role = oneOf(random, roles)
  const recipe = random() < cookedShare ? ((await recipes[operation.id]?.({ seen, people, random })) ?? null) : null
  const question = recipe ? cookedOf(operation, recipe) : questionOf(operation, seen, random)
  const who = recipe ? {} : identities.headers(role)
  const count = (of: Map<string, number>, key: string) => void of.set(key, (of.get(key) ?? 0) + 1)
  tally.asked.add(operation.id)
  const startedAt = performance.now()
  try {
    const response = await fetch(url + question.url, {
      method: question.method,
      headers: { ...who, ...question.headers },
      body: question.body,
      redirect: 'manual',
    })
    const body = await response.text()
    const { status, headers } = response
    const type = (headers.get('content-type') ?? '').split(';')[0]!
    count(tally.statuses, String(status))
    tally.took.push([performance.now() - startedAt, operation.id])
    if (status < 300) {
      tally.good.add(operation.id)
      if (body.length < 200_000 && type === 'application/json') learn(one, recipe, JSON.parse(body))
    } else if (recipe?.over && [401, 403, 429].includes(status) && operation.id !== 'accounts.confirmTwoFactor')
      people.left()
    if (status === 401 && !recipe && role === 'user') await identities.renew()
    const fault = judge(operation, { status, type, headers, body })
    if (fault !== null) count(tally.faults, `${operation.id} as ${role}: ${fault} <- ${shown(question)}`)
  } catch (thrown) {
    const { message, cause } = thrown as Error
    count(
      tally.faults,
      `${operation.id}: no answer: ${message} ${cause instanceof Error ? cause.message : ''} <- ${shown(question)}`,
    )
  } finally {
    recipe?.over?.()
  }
}

/** What a good answer says of what exists, for questions to come. */
function learn({ operation, seen, random }: One, recipe: Recipe | null, answer: unknown): void {
  note(seen, operation.id.split('.')[0]!, answer, random)
  notePlace(seen, placeOf(operation.path.replace(/\/\{\w+\}$/, ''), ''), answer, random)
  recipe?.done?.(answer as Record<string, unknown>)
}

const shown = ({ method, url, body }: Question): string =>
  `${method} ${url.slice(0, 300)} ${(body ?? '').slice(0, 200)}`
