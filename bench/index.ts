import { type Area, type Options, report } from './harness.ts'

/** A new area is a file and its line here. */
const areas: Readonly<Record<string, () => Promise<Area>>> = {
  backtest: async () => (await import('./backtest.ts')).backtest,
  evidence: async () => (await import('./evidence.ts')).evidence,
  following: async () => (await import('./following.ts')).following,
  http: async () => (await import('./http.ts')).http,
  indicators: async () => (await import('./indicators.ts')).indicators,
  sentiment: async () => (await import('./sentiment.ts')).sentiment,
  stream: async () => (await import('./stream.ts')).stream,
  synthesis: async () => (await import('./synthesis.ts')).synthesis,
  storage: async () => (await import('./storage.ts')).storage,
  web: async () => (await import('./web.ts')).web,
}

const usage = `npm run bench -- [${Object.keys(areas).join('|')} ...] [--smoke] [--rounds N]\n`

/** Arguments to area names and options; a word that is neither is answered with the usage. */
function read(args: readonly string[]): { names: readonly string[]; options: Options } | null {
  const smoke = args.includes('--smoke')
  const at = args.indexOf('--rounds')
  const rounds = at < 0 ? (smoke ? 1 : 5) : Number(args[at + 1])
  const names = args.filter((arg, k) => arg !== '--smoke' && (at < 0 || (k !== at && k !== at + 1)))
  const known = names.every((name) => Object.hasOwn(areas, name))
  return known && Number.isInteger(rounds) && rounds > 0
    ? { names: names.length > 0 ? names : Object.keys(areas), options: { smoke, rounds } }
    : null
}

const asked = read(process.argv.slice(2))
if (!asked) {
  process.stderr.write(usage)
  process.exitCode = 2
} else {
  for (const name of asked.names) {
    const area = await areas[name]!()
    process.stdout.write(await report(name, await area.run(asked.options), asked.options))
  }
}
