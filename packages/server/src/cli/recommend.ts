import { createClient } from '@pumpiq/api'
import { Failure, Mode, RiskTolerance, showPrice, Timeframe, type Price, type Recommendation } from '@pumpiq/domain'
import { buildApp } from '../app.ts'
import { openOutside, type DataMode } from '../outside.ts'
import { createLog } from '../platform/log.ts'
import { profileOf } from '../recommendations/routes.ts'
import { localUser } from '../recommendations/users.ts'
import { adviseRecorded } from '../backtest/advise-recorded.ts'
import { flag, instant, oneOf, optional, readArgs, text } from './args.ts'
import type { CliOutside, Command } from './command.ts'
import { orAskServer } from './server-instead.ts'

export const recommend: Command = {
  name: 'recommend',
  summary: 'a recommendation for one token, now or on recorded candles',
  usage: `pumpiq recommend <token> [--timeframe T] [--risk R] [--mode M] [--demo] [--json]
pumpiq recommend file:SYMBOL --candles FILE [--as-of ISO] [--timeframe T] [--risk R] [--json]

  <token>         ticker (BTC) or identity (bitcoin:native, ethereum:0x...); an ambiguous ticker lists its candidates
  --timeframe T   SCALP, DAY_TRADE, SWING (default) or LONG_TERM
  --risk R        conservative, moderate (default) or aggressive
  --mode M        hybrid (default), technical-only, onchain-only, news-only, social-only
  --candles FILE  decide on a recorded file instead; nothing is sealed
  --as-of ISO     with --candles: as it was known then (default: when the last candle closed)
  --demo          ask the simulated market
  --json          the whole document

A live call is sealed in the ledger of PUMPIQ_HOME. While a server runs on that folder, it is asked in our place. Exit 3: no call could be made; the document says why.`,
  async run(args, outside) {
    const { values, positionals } = readArgs(
      args,
      {
        timeframe: optional(oneOf(Timeframe.options)),
        risk: optional(oneOf(RiskTolerance.options)),
        mode: optional(oneOf(Mode.options)),
        candles: optional(text),
        'as-of': optional(instant),
        demo: flag(),
        json: flag(),
      },
      { min: 1, max: 1, what: 'a token' },
    )
    const token = positionals[0]!
    const asked = {
      ...(values.timeframe && { timeframe: values.timeframe }),
      ...(values.risk && { riskTolerance: values.risk }),
      ...(values.mode && { mode: values.mode }),
    }
    if (values['as-of'] !== undefined && values.candles === undefined) {
      throw new Failure('invalid', '--as-of looks back on a recorded file: name it with --candles FILE')
    }
    if (values.candles === undefined && token.startsWith('file:')) {
      throw new Failure('invalid', `${token} is a recorded file: name it with --candles FILE`)
    }
    if (values.candles !== undefined && values.demo) {
      throw new Failure('invalid', '--candles and --demo exclude each other')
    }
    const mode: DataMode = values.demo ? 'demo' : 'live'
    const document = values.candles
      ? await adviseRecorded({
          token,
          path: values.candles,
          profile: profileOf(asked),
          at: values['as-of'] ?? null,
          version: outside.version,
        })
      : await orAskServer(
          { outside, mode },
          () => adviseHere(outside, token, asked, mode),
          (url) =>
            createClient({ baseUrl: url }).recommendations.create(
              { body: { token, ...asked } },
              { abort: outside.abort },
            ),
        )
    await outside.stdout(values.json ? `${JSON.stringify(document)}\n` : shown(document))
    return document.abstained === null ? 0 : 3
  },
}

type Asked = Parameters<typeof profileOf>[0]

async function adviseHere(
  { config, clock, version, abort }: CliOutside,
  named: string,
  asked: Asked,
  mode: DataMode,
): Promise<Recommendation> {
  const outside = await openOutside({
    config,
    mode,
    version,
    clock,
    log: createLog({ level: 'error' }),
    roles: ['engine'],
  })
  try {
    const app = await buildApp(outside)
    try {
      app.start()
      const token = await app.tokens.resolve(named, abort)
      const { profile, maxAgeMs } = await app.settings.questionFor({ userId: localUser }, asked)
      const { document } = await app.askAdvice(localUser, token, profile, maxAgeMs, abort)
      return document
    } finally {
      await app.close()
    }
  } finally {
    await outside.close()
  }
}

const price = (value: Price | null): string => (value === null ? '-' : showPrice(value))
const percent = (value: number | null): string => (value === null ? '-' : `${(value * 100).toFixed(1)} %`)

/** For people. Everything in it stands in the document too. */
function shown(document: Recommendation): string {
  const { symbol, token, type, timeframe, abstained, labels, confidence, entry, targets, stopLoss, band, seal } =
    document
  const marks = labels.length > 0 ? ` [${labels.join(', ')}]` : ''
  const lines = [
    `${type} ${symbol} (${token}) ${timeframe}, issued ${document.issuedAt}${marks}`,
    ...(abstained ? [`No call: ${abstained}`] : []),
    ...(document.price
      ? [
          `Price       ${price(document.price.value)} (${document.price.source}, ${Math.round(document.price.ageMs / 1000)} s old)`,
        ]
      : []),
    ...(entry ? [`Entry       ${price(entry.low)} to ${price(entry.high)} until ${document.validUntil}`] : []),
    ...targets.map((target, i) => `Target ${i + 1}    ${price(target.price)} closes ${percent(target.share)}`),
    ...(stopLoss ? [`Stop        ${price(stopLoss)}`] : []),
    ...(band ? [`Band        ${price(band.low)} to ${price(band.high)} until ${document.expiresAt}`] : []),
    ...(confidence
      ? [
          `Confidence  ${percent(confidence.value)} (${percent(confidence.low)} to ${percent(confidence.high)}, ${confidence.method}, n ${confidence.n}); break-even ${percent(document.breakEven)}, expected ${document.expectedR ?? '-'} R`,
        ]
      : []),
    `Actionable  ${document.actionable.yes ? 'yes' : 'no'}: ${document.actionable.why}`,
    `Risk        ${document.riskRating}: ${document.riskReasons.join('; ')}`,
    ...(document.positionSize
      ? [
          `Size        ${document.positionSize.units} units for ${document.positionSize.quoteAmount}, at worst ${document.positionSize.worstCaseLossQuote} lost`,
        ]
      : []),
    `Why         ${document.reasoning}`,
    ...document.gaps.map(({ source, reason }) => `Gap         ${source ?? 'all sources'}: ${reason}`),
    ...document.warnings.map((warning) => `Warning     ${warning}`),
    ...(seal ? [`Sealed      record ${seal.seq}, ${seal.hash}; id ${document.id}`] : ['Not sealed']),
    document.notice,
  ]
  return `${lines.join('\n')}\n`
}
