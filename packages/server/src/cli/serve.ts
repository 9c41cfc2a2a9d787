import { Failure } from '@pumpiq/domain'
import { buildApp, type App } from '../app.ts'
import type { Config } from '../config.ts'
import { hasLiveRecord, homeOf, openOutside, probeSources, type DataMode } from '../outside.ts'
import { createLog, type Log } from '../platform/log.ts'
import { roles as allRoles, type Role } from '../platform/roles.ts'
import { flag, integer, oneOf, optional, readArgs, withDefault, type Reader } from './args.ts'
import type { CliOutside, Command } from './command.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'run the product: web page, API, house recommendations on a timer',
  usage: `pumpiq serve [--port N] [--demo | --live] [--roles ROLE,ROLE,...]

  --port N    listen there instead of PORT (default 3000); 0 takes any free port
  --demo      run on the built-in simulated market; everything it shows is labelled SIMULATED and kept apart
  --live      never simulate: without a reachable source the page says so and makes no calls
  --roles R   what this process works at: all (the default), or some of api, orchestrator, tracker, engine,
              collector:technical, collector:news, collector:onchain, collector:social, with commas between.
              Less than all needs DATABASE_URL, and REDIS_URL where there are several machines. A process without the role
              api listens only when --port is given, and then tells no more than how it is.

Without --demo and --live it runs live; when no source can be reached and nothing live was recorded yet, it says so and
runs on the simulated market. The address is HOST (default 127.0.0.1).`,
  async run(args, outside) {
    const { values } = readArgs(args, {
      port: optional(integer({ min: 0, max: 65_535 })),
      demo: flag(),
      live: flag(),
      roles: withDefault(readRoles, allRoles),
    })
    if (values.demo && values.live) throw new Failure('invalid', '--demo and --live exclude each other')
    const { roles } = values
    const isWhole = roles.length === allRoles.length
    if (!isWhole && !outside.config.databaseUrl) throw needsDatabase(roles)
    const log = createLog()
    const mode = values.demo ? 'demo' : values.live ? 'live' : await chooseMode(outside, log)
    const port = values.port ?? (roles.includes('api') ? outside.config.port : null)
    await runUntilStopped(outside, { mode, port, log, roles })
    return 0
  },
}

/** Live when anything answers, or when there is a live record to go on with; else the simulated market, said aloud. */
async function chooseMode({ config, clock, abort, stderr }: CliOutside, log: Log): Promise<DataMode> {
  if (config.databaseUrl || hasLiveRecord(config)) return 'live'
  const quiet = { ...log, warn: log.debug }
  const probed = await probeSources({ config, clock, log: quiet, abort, patienceMs: 4_000 })
  if (probed.some(({ ok }) => ok)) return 'live'
  const why = [...new Set(probed.map(({ reason }) => reason))].slice(0, 3).join('; ')
  stderr(
    `\n  NO SOURCE CAN BE REACHED (${why}).\n  PumpIQ runs on its SIMULATED MARKET instead: every price and call is invented and labelled SIMULATED.\n  Use --live to refuse this.\n\n`,
  )
  return 'demo'
}

/** `port` null: nobody is listened to. */
type Run = { mode: DataMode; port: number | null; log: Log; roles: readonly Role[] }

const needsDatabase = (roles: readonly Role[]): Failure =>
  new Failure(
    'invalid',
    `--roles ${roles.join(',')} needs DATABASE_URL: the embedded database belongs to one process, which does everything`,
  )

/** `all`, or some of the roles with commas between. */
const readRoles: Reader<readonly Role[]> = (given, option) => {
  const one = oneOf(['all', ...allRoles])
  const named = new Set(given.split(',').map((name) => one(name.trim(), option)))
  return named.has('all') ? allRoles : allRoles.filter((role) => named.has(role))
}

async function runUntilStopped(
  { config, clock, version, trace, abort, stdout, stderr }: CliOutside,
  { mode, port, log, roles }: Run,
): Promise<void> {
  const outside = await openOutside({
    config,
    mode,
    version,
    clock,
    log,
    roles,
    queue: 'shared',
    ...(trace && { trace }),
  })
  let app: App | null = null
  try {
    app = await buildApp(outside)
    const address = port === null ? null : await listen(app, config.host, port)
    if (address !== null) outside.announce(address)
    app.start()
    await stdout(greeting(address, mode, config, roles))
    if (address !== null && roles.includes('api')) await showSetup(app, stderr)
    await new Promise<void>((stopped) =>
      abort.aborted ? stopped() : abort.addEventListener('abort', () => stopped(), { once: true }),
    )
    stderr('stopping: the call under way is finished, then the ledger is closed\n')
  } finally {
    await app?.close()
    await outside.close()
  }
}

async function listen(app: App, host: string, port: number): Promise<string> {
  try {
    return await app.http.listen({ host, port })
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new Failure(
        'conflict',
        `port ${port} is taken by another program: stop it, or choose another with --port or PORT`,
      )
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      throw new Failure(
        'invalid',
        `cannot listen on ${host}:${port} (${code}): HOST and PORT must be an address and a port this machine allows`,
      )
    throw thrown
  }
}

/** Said to whoever starts the server, and kept nowhere but as a hash. */
async function showSetup(app: App, stderr: (text: string) => void): Promise<void> {
  const token = await app.accounts.openSetup()
  if (token === null) return
  stderr(
    `\n  There is no administrator yet. Who registers with this token becomes one; it works once, until the next start:\n\n    ${token.reveal()}\n\n  POST /api/v1/auth/register with email, password and setupToken (docs/accounts.md).\n\n`,
  )
}

function greeting(address: string | null, mode: DataMode, config: Config, roles: readonly Role[]): string {
  const data = mode === 'demo' ? 'SIMULATED market' : 'live public data'
  const kept = config.databaseUrl
    ? 'the database of DATABASE_URL'
    : homeOf(config, mode === 'demo' ? 'simulated' : 'live')
  const place = address === null ? '' : ` at ${address}`
  const part = roles.length === allRoles.length ? '' : ` as ${roles.join(', ')}`
  const who = config.localMode
    ? 'Whoever sits at this machine is its administrator without signing in (local mode).'
    : 'Who asks signs in, or sends an API key.'
  return `PumpIQ runs${place}${part} on ${data}; its record is kept in ${kept}. ${who} Ctrl-C stops it.\n`
}
