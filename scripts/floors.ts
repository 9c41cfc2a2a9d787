import { posix } from 'node:path'
import { mask } from './mask.ts'

export type SourceFile = { readonly path: string; readonly text: string }
export type Fault = { readonly path: string; readonly line: number; readonly what: string }

/** Rooms of one floor do not know each other; an arrow goes to a lower number only. Paths below packages/. */
const floors: readonly (readonly string[])[] = [
  [],
  ['domain/src'],
  ['api/src', 'server/src/platform'],
  [
    'server/src/config.ts',
    'server/src/cache',
    'server/src/messaging',
    'server/src/network',
    'server/src/db',
    'server/src/mcp',
    'web',
  ],
  ['server/src/http', 'server/src/jobs', 'server/src/sources', 'server/src/llm', 'server/src/simulate'],
  ['accounts', 'tokens', 'ledger', 'system', 'analysts', 'reader'].map((room) => `server/src/${room}`),
  ['evidence', 'notifications', 'hooks', 'stream'].map((room) => `server/src/${room}`),
  ['server/src/recommendations'],
  ['server/src/performance', 'server/src/backtest'],
  ['server/src/app', 'server/src/bench', 'server/src/evaluation'],
  ['server/src/app.ts', 'server/src/outside.ts'],
  ['server/src/testing', 'server/src/cli'],
  ['server/src/main.ts'],
]

/** Inside the domain: calibrate > follow > explain > decide > confidence > dossier > signals > indicators, anomalies, text, safety > words; its suites and its face see all of it. */
const domainFloors: readonly (readonly string[])[] = [
  ['words'],
  ['indicators', 'anomalies', 'text', 'safety'],
  ['signals'],
  ['dossier'],
  ['confidence'],
  ['decide'],
  ['explain'],
  ['follow'],
  ['calibrate'],
  ['testing'],
  ['index.ts'],
].map((rooms) => rooms.map((room) => `domain/src/${room}`))

/** Folders whose every file is a line of their index.ts, and what stands there besides: the contract, and what files share. */
export const registries: readonly { readonly folder: string; readonly besides: readonly string[] }[] = [
  { folder: 'packages/domain/src/indicators', besides: ['kernel.ts'] },
  { folder: 'packages/domain/src/signals', besides: ['signal.ts', 'gathered.ts', 'calm.ts'] },
  { folder: 'packages/domain/src/safety', besides: ['check.ts', 'told.ts', 'assess.ts', 'suspicion.ts'] },
  {
    folder: 'packages/server/src/sources',
    besides: [
      'source.ts',
      'watch.ts',
      'switched.ts',
      'seen.ts',
      'articles.ts',
      'newsroom.ts',
      'rss.ts',
      'feed-time.ts',
      'plain.ts',
      'posts.ts',
      'search-words.ts',
      'ticker-identity.ts',
      'reddit-rooms.ts',
      'telegram-page.ts',
      'bluesky-post.ts',
      'x-counts.ts',
      'x-posts.ts',
      'tickers.ts',
      'search-name.ts',
      'aggregate.ts',
      'bars.ts',
      'quote.ts',
      'probe.ts',
      'probe-watches.ts',
      'told.ts',
      'tape.ts',
      'listed.ts',
      'pools.ts',
      'shares.ts',
      'goplus-evm.ts',
      'goplus-solana.ts',
      'defillama-protocols.ts',
      'binance-stream.ts',
      'coinbase-stream.ts',
      'solana-flows.ts',
      'etherscan-like.ts',
      'evm-words.ts',
      'evm-pools.ts',
      'evm-dexes.ts',
      'solana-largest.ts',
      'exact.ts',
      'json-rpc.ts',
      'pumpfun-curve.ts',
      'solana-address.ts',
      'solana-accounts.ts',
      'solana-mint.ts',
      'solana-holders.ts',
      'perpetual.ts',
      'bybit-perpetual.ts',
      'okx-perpetual.ts',
    ],
  },
  { folder: 'packages/server/src/cli', besides: ['command.ts', 'args.ts', 'kept.ts', 'server-instead.ts'] },
  { folder: 'packages/api/src/endpoints', besides: [] },
  {
    // Channels, beside what fills them.
    folder: 'packages/server/src/notifications',
    besides: [
      'channel.ts',
      'notice.ts',
      'render.ts',
      'answer.ts',
      'deliveries-log.ts',
      'deliveries.ts',
      'fake-smtp.ts',
      'fake-vendors.ts',
      'in-app.ts',
      'jobs.ts',
      'notifications.ts',
      'notify-deliver.ts',
      'notify-soon.ts',
      'notify-spread.ts',
      'notify-when.ts',
      'notify-words.ts',
      'notify.ts',
      'outbox-sources.ts',
      'outbox.ts',
      'preferences.ts',
      'quiet.ts',
      'reach.ts',
      'routes.ts',
      'store.ts',
      'test-channel.ts',
    ],
  },
]

type Room = { readonly name: string; readonly floor: number }

function roomIn(plan: readonly (readonly string[])[], file: string): Room | null {
  const path = file.replace(/(\.int|\.eval)?\.test(\.tsx?)$/, '$2') // a test stands where what it tests stands
  for (const [floor, rooms] of plan.entries()) {
    const name = rooms.find((room) => path === `packages/${room}` || path.startsWith(`packages/${room}/`))
    if (name !== undefined) return { name, floor }
  }
  return null
}

export const roomOf = (path: string): Room | null => roomIn(floors, path)

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)
const isOf = (path: string, ...places: readonly string[]): boolean =>
  places.some((place) => path === `packages/${place}` || path.startsWith(`packages/${place}/`))

const workspaces: Readonly<Record<string, string>> = {
  domain: 'domain/src',
  api: 'api/src',
  server: 'server/src/main.ts',
  web: 'web',
}

/** Where an import of ours leads, as a path below the root; null for what is not ours. */
function target(from: string, asked: string): string | null {
  if (asked.startsWith('.')) return posix.join(posix.dirname(from), asked)
  const [, name = '', rest] = /^@pumpiq\/([a-z]+)(?:\/(.+))?$/.exec(asked) ?? []
  const home = workspaces[name]
  if (home === undefined) return null
  return name === 'domain' ? `packages/${home}/${rest ?? 'index.ts'}` : `packages/${home}`
}

const importPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g

function importsOf(code: string): { asked: string; at: number }[] {
  return [...code.matchAll(importPattern)].map((found) => ({ asked: found[2]!, at: found.index }))
}

/** What may stand in some rooms only. Tests are excused: they set up the outside that the rest is handed. */
type Ban = { readonly pattern: RegExp; readonly what: string; allowed(path: string): boolean }

// The pages run in a browser, which has no platform to hand a clock in: their timers are their own.
// Whoever takes the client has no platform of ours either.
const inPlatform = (path: string) => isOf(path, 'server/src/platform', 'web', 'api/src/edge.ts')
const bans: readonly Ban[] = [
  {
    pattern: /\bprocess\s*\.\s*(env|argv)\b/g,
    what: 'is read in main.ts only',
    allowed: (path) => isOf(path, 'server/src/main.ts'),
  },
  { pattern: /\bDate\s*\.\s*now\b/g, what: 'stands in platform/ only: a clock is handed in', allowed: inPlatform },
  {
    pattern: /\bnew\s+Date\s*(\(\s*\)|(?![\w\s(]))/g,
    what: 'stands in platform/ only: a clock is handed in',
    allowed: inPlatform,
  },
  { pattern: /\bMath\s*\.\s*random\b/g, what: 'stands in platform/ only: chance is handed in', allowed: inPlatform },
  { pattern: /\brandomUUID\b/g, what: 'stands in platform/ only: ids are handed in', allowed: inPlatform },
  {
    pattern: /\b(set|clear)(Timeout|Interval|Immediate)\b/g,
    what: 'stands in platform/ only: a clock is handed in',
    allowed: inPlatform,
  },
  { pattern: /\bnode:timers\b/g, what: 'is imported in platform/ only: a clock is handed in', allowed: inPlatform },
  {
    pattern: /\bconsole\s*\./g,
    what: 'stands in platform/ only: a log is handed in',
    allowed: (path) => isOf(path, 'server/src/platform'),
  },
  {
    pattern:
      /(?<![.\w$]|\bfunction\s+)fetch\s*\(|\bglobalThis\s*\.\s*fetch\b|\bnew\s+(WebSocket|EventSource|XMLHttpRequest)\b/g,
    what: "stands in network/ and api's client only: it is handed in",
    allowed: (path) => isOf(path, 'server/src/network', 'api/src/client.ts', 'api/src/stream.ts'),
  },
]

const outward = /\bimport\s+(type\s)?([^'"]*?)\bfrom\s*['"](undici|ws|node:(?:net|tls|dgram|https?|http2))['"]/g

/** What leads outside; types lead nowhere, and who listens (`createServer`, `WebSocketServer`) does not ask. */
function outwardFaults({ path, text }: SourceFile, code: string): Fault[] {
  if (isOf(path, 'server/src/network') || isTest(path)) return []
  const asking = [...code.matchAll(outward)].filter(
    ([, type, names = '']) => !type && !/^\s*\{\s*(createServer|WebSocketServer|type \w+|,|\s)*\}\s*$/.test(names),
  )
  return asking.map((found) => ({
    path,
    line: lineAt(text, found.index),
    what: `imports ${found[3]}: network/ is the only way out`,
  }))
}

/** What the ground may not stand on; `asked` is the text between the quotes. */
function importFault(path: string, asked: string): string | null {
  const noNode = isOf(path, 'domain', 'api', 'web/src')
  if (noNode && asked.startsWith('node:')) return `imports ${asked}: domain, api and web do without Node`
  const foreign = !asked.startsWith('.') && !asked.startsWith('@pumpiq/')
  if (isOf(path, 'domain') && foreign && asked !== 'zod' && !isOf(path, 'domain/src/testing') && !isTest(path)) {
    return `imports ${asked}: the domain depends on zod alone`
  }
  return null
}

function arrowFault(from: string, to: string): string | null {
  const here = roomOf(from)
  const there = roomOf(to)
  if (!here || !there) return there ? null : `imports ${to}, which stands in no room`
  if (here.name !== there.name) {
    if (there.name === 'web') return `imports ${to}: nothing imports the pages`
    return there.floor < here.floor
      ? null
      : `imports ${to}: from floor ${here.floor} (${here.name}) up to ${there.floor} (${there.name})`
  }
  const inner = roomIn(domainFloors, from)
  const innerTo = roomIn(domainFloors, to)
  if (!inner || !innerTo || inner.name === innerTo.name || innerTo.floor < inner.floor) return null
  return `imports ${to}: inside the domain ${innerTo.name} does not stand below ${inner.name}`
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length

function fileFaults({ path, text }: SourceFile): Fault[] {
  if (!roomOf(path) || (isOf(path, 'domain/src') && !roomIn(domainFloors, path)))
    return [{ path, line: 1, what: 'stands in no room' }]
  const { code, bare } = mask(text)
  const faults: Fault[] = outwardFaults({ path, text }, code)
  for (const { asked, at } of importsOf(code)) {
    const to = target(path, asked)
    // A test may reach up to what it tests with (the suites, the world); the rest may not.
    const what = importFault(path, asked) ?? (to === null || isTest(path) ? null : arrowFault(path, to))
    if (what !== null) faults.push({ path, line: lineAt(text, at), what })
  }
  if (isTest(path)) return faults
  for (const { pattern, what, allowed } of bans) {
    if (allowed(path)) continue
    // Who makes a `fetch` of its own (of the simulated market) does not call the world's.
    if (pattern.source.includes('fetch') && /\b(const|function)\s+fetch\b/.test(bare)) continue
    // Modules are named in strings, which `bare` has blanked out.
    const source = pattern.source.includes('node:') ? code : bare
    for (const found of source.matchAll(pattern))
      faults.push({ path, line: lineAt(text, found.index), what: `${found[0].trim()} ${what}` })
  }
  return faults
}

function registryFaults(files: readonly SourceFile[]): Fault[] {
  return registries.flatMap(({ folder, besides }) => {
    const own = files.filter(({ path }) => posix.dirname(path) === folder && !isTest(path))
    const index = own.find(({ path }) => path === `${folder}/index.ts`)
    const plugIns = own.filter((file) => file !== index && !besides.includes(posix.basename(file.path)))
    if (plugIns.length === 0) return []
    const listed = new Set(index ? importsOf(mask(index.text).code).map(({ asked }) => posix.join(folder, asked)) : [])
    return plugIns
      .filter(({ path }) => !listed.has(path))
      .map(({ path }) => ({ path, line: 1, what: `is not listed in ${folder}/index.ts` }))
  })
}

/** Everything in which the files under packages/ differ from the plan of the house; a pure function of paths and texts. */
export const floorFaults = (files: readonly SourceFile[]): Fault[] => [
  ...files.flatMap(fileFaults),
  ...registryFaults(files),
]
