import { createClient } from '@pumpiq/api'
import { Failure, type Explanation } from '@pumpiq/domain'
import type { DataMode } from '../outside.ts'
import { explain as explainSealed } from '../recommendations/explain.ts'
import { explanationText } from '../recommendations/explanation-text.ts'
import type { Recommendations } from '../recommendations/store.ts'
import { localUser } from '../recommendations/users.ts'
import { flag, readArgs } from './args.ts'
import type { Command } from './command.ts'
import { withKept } from './kept.ts'
import { orAskServer } from './server-instead.ts'

export const explain: Command = {
  name: 'explain',
  summary:
    'why a sealed recommendation says what it says: each number to its readings, to what was seen, to the source',
  usage: `pumpiq explain <id> [--demo] [--json]

  <id>     of a recommendation in the ledger of PUMPIQ_HOME
  --demo   in the ledger of the simulated market
  --json   the whole explanation: sentences, references, readings, observations, type, levels, confidence, gaps

Nothing is asked of any source: all of it comes from what was sealed. While a server runs on the data folder, it is asked in our place.`,
  async run(args, outside) {
    const { values, positionals } = readArgs(args, { demo: flag(), json: flag() }, { min: 1, max: 1, what: 'an id' })
    const id = positionals[0]!.toLowerCase()
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
      throw new Failure(
        'invalid',
        `${JSON.stringify(positionals[0])} is no id of a recommendation: allowed is a UUID as \`recommend\` prints it behind "id"`,
      )
    }
    const mode: DataMode = values.demo ? 'demo' : 'live'
    const told = await orAskServer(
      { outside, mode },
      () => withKept({ outside, mode, to: 'explain' }, (recommendations) => explainHere(recommendations, id)),
      (url) => createClient({ baseUrl: url }).recommendations.explanation({ params: { id } }, { abort: outside.abort }),
    )
    await outside.stdout(values.json ? `${JSON.stringify(told)}\n` : explanationText(told))
    return 0
  },
}

async function explainHere(recommendations: Recommendations, id: string): Promise<Explanation> {
  const sealed = await recommendations.byId(localUser, id)
  if (!sealed) throw new Failure('notFound', `there is no recommendation ${id} in this ledger`)
  return explainSealed(recommendations, sealed)
}
