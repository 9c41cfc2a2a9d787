import type { Clock } from '../platform/clock.ts'
import type { Config } from '../config.ts'
import type { Trace } from '../platform/trace.ts'

/**
 * What a command touches of the outside. `stdout` takes the answer and nothing else (one JSON document under `--json`); it returns a
 * promise while the reader is slow, so that a long answer is awaited rather than piled up. `stderr` takes notices, one line each, the
 * line feed included by the caller in both. `abort` fires on ctrl-C: what is open is closed and `run` returns.
 */
export type CliOutside = {
  stdout(text: string): void | Promise<void>
  stderr(text: string): void
  config: Config
  /** Of the engine; sealed in every recommendation. */
  version: string
  clock: Clock
  /** Where it is told what time goes into; nowhere unless given. */
  trace?: Trace
  abort: AbortSignal
}

/**
 * One verb. `usage` is what `--help` prints: the first line begins with `pumpiq <name>`, options follow with their defaults. `run` gets
 * the arguments behind the name and answers the exit code: 0 done, 1 failed, 3 no call possible. Wrong usage is thrown as Failure invalid
 * (exit 2); any other Failure exits 1, anything else that is thrown is a bug and exits 1.
 */
export type Command = {
  readonly name: string
  readonly usage: string
  readonly summary: string
  run(args: readonly string[], outside: CliOutside): Promise<number>
}
