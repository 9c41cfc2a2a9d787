import { Failure } from '@pumpiq/domain'
import { benches } from '../bench/index.ts'
import { flag, readArgs, required, text } from './args.ts'
import type { Command } from './command.ts'

const names = benches.map(({ name }) => name)

export const bench: Command = {
  name: 'bench',
  summary: 'judge the engine beside public baselines on data in a folder',
  usage: `pumpiq bench ${names.join('|')} --data DIR [--json]

${benches.map(({ name, summary }) => `  ${name}   ${summary}`).join('\n')}

  --data DIR   the folder with the data and the cells to run (opens_<asset>.csv, results.json)
  --json       one JSON list on stdout instead of tables: every row with its figures, rank and averages`,
  async run(args, outside) {
    const { values, positionals } = readArgs(
      args,
      { data: required(text), json: flag() },
      { min: 1, max: 1, what: 'the bench' },
    )
    const chosen = benches.find(({ name }) => name === positionals[0])
    if (!chosen)
      throw new Failure('invalid', `unknown bench ${JSON.stringify(positionals[0])}: allowed is ${names.join(', ')}`)
    const { rows, table } = await chosen.run(values.data)
    await outside.stdout(values.json ? `${JSON.stringify(rows)}\n` : table)
    return 0
  },
}
