import { Brief, Failure } from '@pumpiq/domain'
import { buildApp } from '../app.ts'
import { homeOf, openOutside } from '../outside.ts'
import { homeLabelOf } from '../platform/home.ts'
import { createLog } from '../platform/log.ts'
import { compareReplay, type Replayed } from '../recommendations/replay.ts'
import type { Recommendations } from '../recommendations/store.ts'
import { localUser } from '../recommendations/users.ts'
import { flag, readArgs } from './args.ts'
import type { Command } from './command.ts'

export const replay: Command = {
  name: 'replay',
  summary: 'decide a sealed recommendation again from its inputs and compare byte by byte',
  usage: `pumpiq replay <id> [--demo] [--json]

  <id>     of a recommendation in the ledger of PUMPIQ_HOME
  --demo   in the ledger of the simulated market
  --json   { "id", "identical", "differences": [...], "hash" }

Exit 0 when identical, 1 when anything differs; the differences are named.`,
  async run(args, { config, clock, version, stdout }) {
    const { values, positionals } = readArgs(args, { demo: flag(), json: flag() }, { min: 1, max: 1, what: 'an id' })
    const mode = values.demo ? 'demo' : 'live'
    const dir = homeOf(config, mode === 'demo' ? 'simulated' : 'live')
    // To look something up is no reason to make a data folder.
    if (!config.databaseUrl && homeLabelOf(dir) === null)
      throw new Failure('notFound', `${dir} is no data folder of PumpIQ: there is nothing to replay`)
    const outside = await openOutside({
      config,
      mode,
      version,
      clock,
      log: createLog({ level: 'error' }),
    })
    try {
      const app = await buildApp(outside)
      try {
        const result = await replayOne(app.recommendations, positionals[0]!, version)
        await stdout(values.json ? `${JSON.stringify(result)}\n` : shown(result))
        return result.identical ? 0 : 1
      } finally {
        await app.close()
      }
    } finally {
      await outside.close()
    }
  },
}

async function replayOne(recommendations: Recommendations, id: string, version: string): Promise<Replayed> {
  const sealed = /^[0-9a-f-]{36}$/i.test(id) ? await recommendations.byId(localUser, id.toLowerCase()) : null
  if (!sealed) throw new Failure('notFound', `there is no recommendation ${JSON.stringify(id)} in this ledger`)
  const brief = await recommendations.inputs(sealed.inputsHash)
  if (brief === null) throw new Failure('notFound', `the inputs ${sealed.inputsHash} of ${id} are not kept here`)
  const { evidenceHash } = Brief.parse(JSON.parse(brief))
  const evidence = evidenceHash === null ? null : await recommendations.inputs(evidenceHash)
  return compareReplay(sealed, { brief, evidence }, version)
}

function shown({ id, identical, differences, hash }: Replayed): string {
  if (identical) return `${id} replays byte for byte; hash ${hash}\n`
  return `${id} DIFFERS:\n${differences.map((line) => `  ${line}\n`).join('')}`
}
