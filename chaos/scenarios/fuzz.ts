import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../../packages/server/src/platform/random.ts'
import { createJudge } from '../fuzz/answers.ts'
import { createIdentities, roles, type Identities } from '../fuzz/identities.ts'
import { operationsOf, questionOf, type OpenApi, type Operation, type Question } from '../fuzz/requests.ts'
import type { Figures, Ready } from '../fuzz/serve.ts'
import { note, oneOf, type Random, type Seen } from '../fuzz/values.ts'
import { atMost, exactly, none, told, type Figure, type Options, type Scenario } from '../report.ts'

const atOnce = 8
/** What makes the engine work is asked seldom: the edge is looked at here. */
const dear = new Set(['recommendations.create', 'recommendations.batch', 'notifications.testChannel'])

/** Whoever asks whatever, as the served document allows and otherwise: no answer breaks, none breaks its promise, nothing ends. */
export const fuzz: Scenario = {
  summary: 'requests made from the served OpenAPI document, by three roles, good and bad',
  async run(options) {
    const home = mkdtempSync(join(tmpdir(), 'pumpiq-fuzz-'))
    const server = fork(new URL('../fuzz/serve.ts', import.meta.url), [join(home, 'data')])
    const exits: (number | null)[] = []
    server.on('exit', (code) => exits.push(code))
    try {
      const [{ url }] = (await once(server, 'message')) as [Ready]
      return await ask(url, server, exits, options)
    } finally {
      server.kill('SIGKILL')
      rmSync(home, { recursive: true, force: true })
    }
  },
}

type Tally = {
  readonly faults: Map<string, number>
  readonly statuses: Map<string, number>
  asked: Set<string>
  good: Set<string>
  readonly took: [ms: number, operation: string][]
}

async function ask(
  url: string,
  server: ChildProcess,
  exits: unknown[],
  { full, seed, say }: Options,
): Promise<Figure[]> {
  const total = full ? 100_000 : 5_000
  const random = seededRandom(seed)
  await sleep(15_000) // the first house calls are made
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as OpenApi
  const operations = operationsOf(document)
  const judge = createJudge(document)
  const identities = await createIdentities(url)
  const seen: Seen = new Map()
  const tally: Tally = { faults: new Map(), statuses: new Map(), asked: new Set(), good: new Set(), took: [] }
  server.send('begin')
  let left = total
  const startedAt = performance.now()
  async function go(): Promise<void> {
    while (left-- > 0 && exits.length === 0) {
      const operation = operationFrom(operations, random)
      await askOne(
        { url, operation, question: questionOf(operation, seen, random), identities, judge, seen, random },
        tally,
      )
    }
  }
  await Promise.all(Array.from({ length: atOnce }, go))
  const tookS = (performance.now() - startedAt) / 1_000
  server.send('figures')
  const [figures] = (await Promise.race([once(server, 'message'), once(server, 'exit')])) as [Figures]
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
    full
      ? atMost('event loop delay, p99', figures.p99Ms, 100, 'ms')
      : told('event loop delay, p99', `${figures.p99Ms} ms`),
    told('event loop delay at worst', `${figures.worstMs} ms`),
    told('memory at the end', `${figures.rssMb} MB`),
  ]
}

function slowest(took: readonly (readonly [number, string])[]): string {
  const worst = new Map<string, number>()
  for (const [ms, id] of took) worst.set(id, Math.max(ms, worst.get(id) ?? 0))
  const all = [...worst].toSorted((a, b) => b[1] - a[1]).slice(0, 8)
  return all.map(([id, ms]) => `${id} ${Math.round(ms)} ms`).join(', ')
}

function operationFrom(operations: readonly Operation[], random: Random): Operation {
  const one = oneOf(random, operations)
  return dear.has(one.id) && random() < 0.8 ? operationFrom(operations, random) : one
}

type One = {
  url: string
  operation: Operation
  question: Question
  identities: Identities
  judge: ReturnType<typeof createJudge>
  seen: Seen
  random: Random
}

async function askOne({ url, operation, question, identities, judge, seen, random }: One, tally: Tally): Promise<void> {
  const role = oneOf(random, roles)
  const count = (of: Map<string, number>, key: string) => void of.set(key, (of.get(key) ?? 0) + 1)
  tally.asked.add(operation.id)
  const startedAt = performance.now()
  try {
    const response = await fetch(url + question.url, {
      method: question.method,
      headers: { ...identities.headers(role), ...question.headers },
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
      if (body.length < 200_000 && type === 'application/json')
        note(seen, operation.id.split('.')[0]!, JSON.parse(body), random)
    }
    if (status === 401 && role === 'user') await identities.renew()
    const fault = judge(operation, { status, type, headers, body })
    if (fault !== null) count(tally.faults, `${operation.id} as ${role}: ${fault} <- ${shown(question)}`)
  } catch (thrown) {
    const { message, cause } = thrown as Error
    count(
      tally.faults,
      `${operation.id}: no answer: ${message} ${cause instanceof Error ? cause.message : ''} <- ${shown(question)}`,
    )
  }
}

const shown = ({ method, url, body }: Question): string =>
  `${method} ${url.slice(0, 300)} ${(body ?? '').slice(0, 200)}`
