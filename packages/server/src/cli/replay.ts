import { Failure } from '@pumpiq/domain'
import { compareReplay, type Replayed } from '../recommendations/replay.ts'
import { storedInputs } from '../recommendations/stored-inputs.ts'
import type { Recommendations } from '../recommendations/store.ts'
import { localUser } from '../recommendations/users.ts'
import { flag, readArgs } from './args.ts'
import type { Command } from './command.ts'
import { withKept } from './kept.ts'

export const replay: Command = {
  name: 'replay',
  summary: 'decide a sealed recommendation again from its inputs and compare byte by byte',
  usage: `pumpiq replay <id> [--demo] [--json]

  <id>     of a recommendation in the ledger of PUMPIQ_HOME
  --demo   in the ledger of the simulated market
  --json   { "id", "identical", "differences": [...], "hash" }

Exit 0 when identical, 1 when anything differs; the differences are named.`,
  async run(args, outside) {
    const { values, positionals } = readArgs(args, { demo: flag(), json: flag() }, { min: 1, max: 1, what: 'an id' })
    const mode = values.demo ? 'demo' : 'live'
    const result = await withKept({ outside, mode, to: 'replay' }, (recommendations) =>
      replayOne(recommendations, positionals[0]!, outside.version),
    )
    await outside.stdout(values.json ? `${JSON.stringify(result)}\n` : shown(result))
    return result.identical ? 0 : 1
  },
}

async function replayOne(recommendations: Recommendations, id: string, version: string): Promise<Replayed> {
  const sealed = /^[0-9a-f-]{36}$/i.test(id) ? await recommendations.byId(localUser, id.toLowerCase()) : null
  if (!sealed) throw new Failure('notFound', `there is no recommendation ${JSON.stringify(id)} in this ledger`)
  return compareReplay(sealed, await storedInputs(recommendations, sealed), version)
}

function shown({ id, identical, differences, hash }: Replayed): string {
  if (identical) return `${id} replays byte for byte; hash ${hash}\n`
  return `${id} DIFFERS:\n${differences.map((line) => `  ${line}\n`).join('')}`
}
