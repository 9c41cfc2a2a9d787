import { createClient, type SourceHealth } from '@pumpiq/api'
import { homeOf } from '../outside.ts'
import { addressOf } from '../platform/home-address.ts'
import { sources as all } from '../sources/index.ts'
import { cardsOf, keyName, switchedSources } from '../sources/switched.ts'
import { flag, readArgs } from './args.ts'
import type { CliOutside, Command } from './command.ts'

/** What is said of a source; what only a running server knows is null where none runs. */
type Told = {
  readonly id: string
  readonly docs: string
  readonly kinds: readonly string[]
  readonly feeds: readonly string[]
  /** Why it is not asked, or null. */
  readonly off: string | null
  /** The variable of its key; null where it has none. */
  readonly key: { readonly variable: string; readonly required: boolean; readonly given: boolean } | null
  readonly quota: { readonly calls: number; readonly perMs: number; readonly left: number | null }
  readonly state: SourceHealth['state'] | null
  readonly lastSuccessAt: string | null
  readonly lastFailure: string | null
}

export const sources: Command = {
  name: 'sources',
  summary: 'every outside source: for which kinds it speaks, on or off and why, and what is left of its quota',
  usage: `pumpiq sources [--json]

A running server on the data folder is asked how its sources are and what is left of their quotas; without one only what is configured
is told. \`pumpiq doctor\` asks each source once. PUMPIQ_SOURCES=+ID,-ID switches sources on and off.`,
  async run(args, outside) {
    const { values } = readArgs(args, { json: flag() })
    const items = await toldSources(outside)
    await outside.stdout(values.json ? `${JSON.stringify({ items })}\n` : shown(items))
    return 0
  },
}

async function toldSources({ config, abort }: CliOutside): Promise<Told[]> {
  const { off } = switchedSources(all, config.sourceKeys, config.sources)
  const url = config.databaseUrl ? null : addressOf(homeOf(config, 'live'))
  const running = url === null ? null : await createClient({ baseUrl: url }).system.sources({}, { abort })
  return cardsOf(all, off).map((card, i) => {
    const { key, budget, quota = budget } = all[i]!
    const given = card.id in config.sourceKeys
    const measured = running?.items.find(({ id }) => id === card.id)
    const wide = key !== 'none' && given ? (key.quota ?? key.budget) : undefined
    return {
      ...card,
      key: key === 'none' ? null : { variable: keyName(card.id), required: key.required, given },
      quota: measured?.quota ?? { ...(wide ?? quota), left: null },
      state: measured?.state ?? null,
      lastSuccessAt: measured?.lastSuccessAt ?? null,
      lastFailure: measured?.lastFailure ?? null,
    }
  })
}

function shown(items: readonly Told[]): string {
  const lines = items.map(({ id, kinds, off, key, quota, state, lastFailure }) => {
    const keyed = key?.given ? `, with ${key.variable}` : ''
    const left = quota.left === null ? '' : `, ${quota.left} left`
    const how =
      off ??
      `${state ?? 'on'}${state === 'down' ? `: ${lastFailure}` : ''}${keyed}, ${quota.calls} calls in ${span(quota.perMs)}${left}`
    return `${off === null ? 'on ' : 'off'}  ${id.padEnd(22)} ${kinds.join(', ').padEnd(22)} ${how}`
  })
  return `${lines.join('\n')}\n`
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

function span(ms: number): string {
  const [name, size] = units.find(([, length]) => ms >= length) ?? ['s', 1_000]
  return `${Math.round((ms / size) * 100) / 100} ${name}`
}
