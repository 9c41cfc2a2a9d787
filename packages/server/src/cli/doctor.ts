import { isFailure } from '@pumpiq/domain'
import { createDb } from '../db/db.ts'
import { lookAtModel } from '../llm/look.ts'
import { createFetch } from '../network/fetch.ts'
import { homeOf, probeSources, probeWatches } from '../outside.ts'
import { openHome } from '../platform/home.ts'
import { createLog, silentLog } from '../platform/log.ts'
import { flag, readArgs } from './args.ts'
import type { CliOutside, Command } from './command.ts'

type Finding = { readonly what: string; readonly ok: boolean; readonly said: string; readonly latencyMs?: number }

export const doctor: Command = {
  name: 'doctor',
  summary: 'check the machine, the data folder, the language model and every source',
  usage: `pumpiq doctor [--json]

Opens the data folder (or DATABASE_URL), looks whether the language model is known where it is asked, if one is set, which costs nothing,
asks each source once what it tells, and says what works, what does not, and which are off and why. Those that are on only because PUMPIQ_SOURCES asks for them are left alone: some are paid by the question.
Exit 0 when recommendations can be made: a database, a venue for candles and two for prices; else 1.`,
  async run(args, outside) {
    const { values } = readArgs(args, { json: flag() })
    const machine = [nodeVersion(), await database(outside)]
    const log = createLog({ level: 'error' })
    const asked = {
      config: outside.config,
      clock: outside.clock,
      log: { ...silentLog, error: log.error },
      abort: outside.abort,
      patienceMs: 8_000,
    }
    const [probed, watched] = await Promise.all([probeSources(asked), probeWatches(asked)])
    const feeds = probed.map(({ source, feed, ok, latencyMs, reason }): Finding => ({
      what: `${source} ${feed}`,
      ok,
      said: reason ?? 'answers',
      latencyMs: Math.round(latencyMs),
    }))
    const told = watched.probed.map(({ source, watch, ok, said, latencyMs }): Finding => ({
      what: `${source} ${watch}`,
      ok,
      said,
      latencyMs: Math.round(latencyMs),
    }))
    const working = (feed: string) => probed.filter((one) => one.feed === feed && one.ok).length
    const usable = machine.every(({ ok }) => ok) && working('candles') >= 1 && working('price') >= 2
    const model = await language(outside)
    const findings = [...machine, ...(model ? [model] : []), ...feeds, ...told]
    const off = watched.off.map(({ id, why }) => ({ source: id, why }))
    if (!model) off.unshift({ source: 'language model', why: 'neither OPENAI_API_KEY nor OPENAI_BASE_URL is set' })
    await outside.stdout(values.json ? `${JSON.stringify({ usable, findings, off })}\n` : shown(usable, findings, off))
    return usable ? 0 : 1
  },
}

const nodeVersion = (): Finding => ({
  what: 'Node',
  ok: Number(process.versions.node.split('.')[0]) >= 24,
  said: process.versions.node,
})

async function database({ config, clock }: CliOutside): Promise<Finding> {
  const what = config.databaseUrl ? 'database of DATABASE_URL' : `data folder ${homeOf(config, 'live')}`
  try {
    if (config.databaseUrl) {
      await (await createDb({ url: config.databaseUrl, label: 'live', log: silentLog })).destroy()
    } else {
      const home = await openHome({ dir: homeOf(config, 'live'), label: 'live', clock })
      try {
        await (await createDb({ home, log: silentLog })).destroy()
      } finally {
        home.release()
      }
    }
    return { what, ok: true, said: 'opens, migrated' }
  } catch (thrown) {
    return {
      what,
      ok: false,
      said: isFailure(thrown)
        ? thrown.message
        : `does not open: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    }
  }
}

/** Recommendations are made without one, so it decides nothing about what is usable. */
async function language({ config, clock, abort }: CliOutside): Promise<Finding | null> {
  const way = createFetch({ upstream: config.upstream })
  try {
    const looked = await lookAtModel({ config, fetch: way, clock, abort })
    return looked && { what: `language model ${looked.model}`, ok: looked.ok, said: looked.said }
  } finally {
    await way.close()
  }
}

type Off = { readonly source: string; readonly why: string }

function shown(usable: boolean, findings: readonly Finding[], off: readonly Off[]): string {
  const lines = findings.map(
    ({ what, ok, said, latencyMs }) =>
      `${ok ? 'ok  ' : 'FAIL'}  ${what.padEnd(28)} ${said}${latencyMs === undefined ? '' : ` (${latencyMs} ms)`}`,
  )
  const silent = off.map(({ source, why }) => `off   ${source.padEnd(28)} ${why}`)
  return `${[...lines, ...silent].join('\n')}\n\n${usable ? 'Recommendations can be made.' : 'No recommendation can be made like this: a database, one venue for candles and two for prices are needed.'}\n`
}
