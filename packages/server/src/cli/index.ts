import { isFailure } from '@pumpiq/domain'
import { type Environment, readConfig } from '../config.ts'
import type { CliOutside, Command } from './command.ts'

type Entry = { readonly name: string; readonly summary: string; load(): Promise<Command> }

/** Every verb, in the order of the help. Loaded when called, so that help and mistakes are answered at once. */
export const commands: readonly Entry[] = [
  {
    name: 'serve',
    summary: 'run the product: web page, API, house recommendations on a timer',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'recommend',
    summary: 'a recommendation for one token, now or on recorded candles',
    load: async () => (await import('./recommend.ts')).recommend,
  },
  {
    name: 'token',
    summary: 'what is known of a token now: identity, safety, readings with their sources and ages',
    load: async () => (await import('./token.ts')).token,
  },
  {
    name: 'sources',
    summary: 'every outside source: for which kinds it speaks, on or off and why, and what is left of its quota',
    load: async () => (await import('./sources.ts')).sources,
  },
  {
    name: 'explain',
    summary:
      'why a sealed recommendation says what it says: each number to its readings, to what was seen, to the source',
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'replay',
    summary: 'decide a sealed recommendation again from its inputs and compare byte by byte',
    load: async () => (await import('./replay.ts')).replay,
  },
  {
    name: 'verify',
    summary: 'check that no record of the ledger was altered, lost, moved or doubled',
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'ledger-import',
    summary: 'take an export of a ledger into an installation that has none, with the recommendations it holds',
    load: async () => (await import('./ledger-import.ts')).ledgerImport,
  },
  {
    name: 'indicators',
    summary: 'compute indicators over a candle file',
    load: async () => (await import('./indicators.ts')).indicators,
  },
  {
    name: 'anomalies',
    summary: 'find pumps, dumps and bursts of volume in a candle file',
    load: async () => (await import('./anomalies.ts')).anomalies,
  },
  {
    name: 'read',
    summary: 'read texts without a language model: sentiment, event and what is suspect',
    load: async () => (await import('./read.ts')).read,
  },
  {
    name: 'judge',
    summary: 'follow a recommendation to its outcome on recorded candles',
    load: async () => (await import('./judge.ts')).judge,
  },
  {
    name: 'backtest',
    summary: 'decide anew on recorded candles and follow every call, beside the baselines',
    load: async () => (await import('./backtest.ts')).backtest,
  },
  {
    name: 'evaluate',
    summary: 'replay recorded evidence of all kinds and say which of them helps, losers first',
    load: async () => (await import('./evaluate.ts')).evaluate,
  },
  {
    name: 'bench',
    summary: 'judge the engine beside public baselines on data in a folder',
    load: async () => (await import('./bench.ts')).bench,
  },
  {
    name: 'mcp',
    summary: 'speak MCP over stdin and stdout, so that an assistant can ask a running server',
    load: async () => (await import('./mcp.ts')).mcp,
  },
  {
    name: 'migrate',
    summary: 'bring the database up to date with this version',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  {
    name: 'backup',
    summary: 'write everything that is kept into one file',
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'restore',
    summary: 'take a backup into an empty installation, whole or not at all',
    load: async () => (await import('./restore.ts')).restore,
  },
  {
    name: 'doctor',
    summary: 'check the machine, the data folder, the language model and every source',
    load: async () => (await import('./doctor.ts')).doctor,
  },
]

export const exitCodes = { done: 0, failed: 1, usage: 2, noCall: 3 } as const

export type Cli = Omit<CliOutside, 'config'> & { readonly env: Environment }

/** Arguments in, exit code out: everything that is thrown is told on stderr here and nowhere else. */
export async function runCli(argv: readonly string[], cli: Cli): Promise<number> {
  const [name, ...args] = argv
  if (name === '--help' || name === '-h' || name === 'help')
    return tell(cli, args[0] === undefined ? overview() : await usageOf(args[0]))
  if (name === '--version' || name === '-v') return tell(cli, `${cli.version}\n`)
  const entry = commands.find((one) => one.name === name)
  if (!entry) return refuse(cli, name)
  try {
    const command = await entry.load()
    if (asksHelp(args)) return await tell(cli, helpOf(command))
    return await command.run(args, { ...cli, config: readConfig(cli.env) })
  } catch (thrown) {
    if (thrown instanceof OutputClosed) return exitCodes.done
    if (cli.abort.aborted && isAbort(thrown, cli.abort)) return exitCodes.failed
    cli.stderr(failureText(entry.name, thrown))
    return exitCodeOf(thrown)
  }
}

/** The reader of our answer went away (`| head -1`): no fault of ours and nothing left to say. */
export class OutputClosed extends Error {
  constructor() {
    super('nobody reads the answer any more')
    this.name = 'OutputClosed'
  }
}

/** An ambiguous ticker comes as a conflict with its candidates: the words were wrong, not the machine. */
export function exitCodeOf(thrown: unknown): number {
  if (!isFailure(thrown)) return exitCodes.failed
  const ambiguous = thrown.code === 'conflict' && (thrown.candidates?.length ?? 0) > 0
  return thrown.code === 'invalid' || ambiguous ? exitCodes.usage : exitCodes.failed
}

/** What a person reads when a command failed. A stack is shown only for what is not a Failure: a bug. */
export function failureText(name: string, thrown: unknown): string {
  if (!isFailure(thrown)) {
    const whole = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    return `pumpiq ${name}: something broke, which is a fault of PumpIQ, not of yours:\n${whole}\n`
  }
  const candidates = (thrown.candidates ?? [])
    .map((one) => `  ${typeof one === 'string' ? one : JSON.stringify(one)}\n`)
    .join('')
  const hint = thrown.code === 'invalid' ? `See: pumpiq ${name} --help\n` : ''
  return `pumpiq ${name}: ${thrown.message}\n${candidates}${hint}`
}

const asksHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf('--')
  return args.slice(0, end < 0 ? undefined : end).some((arg) => arg === '--help' || arg === '-h')
}

const isAbort = (thrown: unknown, abort: AbortSignal): boolean =>
  thrown === abort.reason || (thrown instanceof Error && thrown.name === 'AbortError')

const helpOf = ({ usage, summary }: Command): string => `${summary}\n\n${usage.trimEnd()}\n`

async function usageOf(name: string): Promise<string> {
  const entry = commands.find((one) => one.name === name)
  return entry ? helpOf(await entry.load()) : overview()
}

function overview(): string {
  const width = Math.max(0, ...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join('')
  return `pumpiq <command> [options]\n\n${lines}\npumpiq <command> --help explains one. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no call possible.\n`
}

async function tell(cli: Cli, text: string): Promise<number> {
  await cli.stdout(text)
  return exitCodes.done
}

function refuse(cli: Cli, name: string | undefined): number {
  cli.stderr(name === undefined ? overview() : `pumpiq: unknown command ${JSON.stringify(name)}\n\n${overview()}`)
  return exitCodes.usage
}
