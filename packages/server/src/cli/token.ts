import { createClient, type TokenAnalysis } from '@pumpiq/api'
import { compileDossier, hybridWeights, round, showPrice } from '@pumpiq/domain'
import { buildApp } from '../app.ts'
import { analysisOf } from '../evidence/routes.ts'
import { openOutside, type DataMode } from '../outside.ts'
import { createLog } from '../platform/log.ts'
import { houseUser } from '../recommendations/users.ts'
import { flag, readArgs } from './args.ts'
import type { CliOutside, Command } from './command.ts'
import { orAskServer } from './server-instead.ts'

export const token: Command = {
  name: 'token',
  summary: 'what is known of a token now: identity, safety, readings with their sources and ages',
  usage: `pumpiq token <token> [--demo] [--json]

  <token>   ticker (BTC), name, address of a contract, or identity (bitcoin:native, ethereum:0x...)
  --demo    ask the simulated market
  --json    the whole document

Nothing is decided and nothing sealed. While a server runs on the data folder, it is asked in our place.`,
  async run(args, outside) {
    const { values, positionals } = readArgs(args, { demo: flag(), json: flag() }, { min: 1, max: 1, what: 'a token' })
    const named = positionals[0]!
    const mode: DataMode = values.demo ? 'demo' : 'live'
    const document = await orAskServer(
      { outside, mode },
      () => analyseHere(outside, named, mode),
      (url) => createClient({ baseUrl: url }).evidence.token({ params: { id: named } }, { abort: outside.abort }),
    )
    await outside.stdout(values.json ? `${JSON.stringify(document)}\n` : shown(document))
    return 0
  },
}

async function analyseHere({ config, clock, version, abort }: CliOutside, named: string, mode: DataMode) {
  const outside = await openOutside({ config, mode, version, clock, log: createLog({ level: 'error' }), roles: [] })
  try {
    const app = await buildApp(outside)
    try {
      const resolved = await app.tokens.resolve(named, abort)
      const evidence = await app.collect(resolved, { timeframe: 'SWING', weights: hybridWeights }, abort)
      const now = clock.now()
      const call = await app.recommendations.latest(houseUser, resolved.id, 'SWING')
      return analysisOf(evidence, compileDossier(evidence, now), { voices: await app.voicesOf(resolved, now), call })
    } finally {
      await app.close()
    }
  } finally {
    await outside.close()
  }
}

/** For people. Everything in it stands in the document too. */
function shown({
  token: is,
  at,
  labels,
  price,
  kinds,
  readings,
  stories,
  crowd,
  voices,
  gaps,
  safety,
}: TokenAnalysis): string {
  const age = (from: string | null) => (from === null ? '' : `, ${ago(Date.parse(at) - Date.parse(from))}`)
  const lines = [
    `${is.symbol}  ${is.name}  ${is.id}${labels.length > 0 ? ` [${labels.join(', ')}]` : ''}`,
    price ? `Price       ${showPrice(price.value)} (${price.source}${age(null)})` : 'Price       no venue told one',
    ...Object.entries(kinds).map(
      ([kind, { score, quality, coverage }]) =>
        `${kind.padEnd(11)} ${score === null ? 'nothing known' : `score ${score.toFixed(2)}, quality ${quality.toFixed(2)}`}${coverage === null ? '' : `, sources answered ${Math.round(coverage * 100)} %`}`,
    ),
    ...(safety?.applicable
      ? [
          `Safety      ${safety.verdict}`,
          ...safety.checks.map(({ label, verdict, detail }) => `  ${verdict.padEnd(8)} ${label}: ${detail}`),
        ]
      : [`Safety      ${safety ? 'a coin of its own chain has no contract to check' : 'not assessed'}`]),
    ...readings.map(
      ({ id, label, value, unit, lean, cites, observedAt }) =>
        `  ${id.padEnd(24)} ${String(round(value, 6)).padStart(14)}  ${unit}; ${label}; leans ${lean.toFixed(2)} [${cites.join(', ')}${age(observedAt)}]`,
    ),
    ...(stories ?? [])
      .slice(0, 10)
      .map((story) => `Story       ${story.quote} (${story.publishers.join(', ')}${age(story.at)})`),
    ...(crowd ? [`Posts       ${crowd.posts} by ${crowd.authors} authors${crowd.burst ? ', a burst' : ''}`] : []),
    ...voices.map(
      ({ author, name, calls, hits, loudness }) =>
        `Author      ${name ?? author}: ${hits} of ${calls} calls came true, heard ${loudness.toFixed(2)} times as loud`,
    ),
    ...gaps.map(({ kind, source, reason }) => `Gap         ${kind} ${source ?? ''}: ${reason}`),
  ]
  return `${lines.join('\n')}\n`
}

const ago = (ms: number): string =>
  ms < 120_000
    ? `${Math.round(ms / 1_000)} s old`
    : ms < 7_200_000
      ? `${Math.round(ms / 60_000)} min old`
      : `${Math.round(ms / 3_600_000)} h old`
