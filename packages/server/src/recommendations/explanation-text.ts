import { round, showInterval, type CitedObservation, type Explanation } from '@pumpiq/domain'

type Reading = Explanation['readings'][number]
type Reference = Explanation['references'][number]

/** An explanation for people, as a tree: sentence, what it refers to, what that was made of, who saw it. */
export function explanationText(told: Explanation): string {
  const { call, symbol, token, timeframe, at, labels, abstained, levels, readings, gaps, unresolved, risk } = told
  const marks = labels.length > 0 ? ` [${labels.join(', ')}]` : ''
  const lines = [
    `${call.type} ${symbol} (${token}) ${timeframe}, on what was known at ${at}${marks}`,
    ...(abstained === null ? [] : [`No call: ${abstained}`]),
    ...section('Why, sentence by sentence', sentenceLines(told)),
    ...section('How the type came', call.steps),
    ...section(
      'Levels',
      levels.map((level) => `${level.level.padEnd(10)} ${level.price}  ${away(level)}${level.why}${candidate(level)}`),
    ),
    ...section('Confidence', confidenceLines(told)),
    ...section(`Risk ${risk.rating}`, risk.reasons),
    ...section('Language model', modelLines(told)),
    ...section(
      'Readings, the weightiest first',
      readings
        .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
        .flatMap((reading) => readingLines(reading)),
    ),
    ...section(
      'What was seen',
      told.observations.flatMap((one) => [one.cite, ...observationLines(one, at).map(indent)]),
    ),
    ...section(
      'Not known',
      gaps.map(({ kind, source, reason }) => `${kind}, ${source ?? 'all sources'}: ${reason}`),
    ),
    ...section(
      'NOT EXPLAINED, which is a fault of PumpIQ',
      unresolved.map(({ text, what }) => `${what.join(', ')} in: ${text}`),
    ),
  ]
  return `${lines.map(plain).join('\n')}\n`
}

const indent = (line: string): string => `  ${line}`
const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map(indent)]

/** Strangers wrote some of it: nothing of it may steer a terminal. */
const plain = (line: string): string => line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')

function sentenceLines(told: Explanation): string[] {
  const done = new Set<string>()
  return told.sentences.flatMap(({ text, references }) => [
    text,
    ...references.flatMap((id) => referenceLines(told, id, done).map(indent)),
  ])
}

/** What an id stands for, and below it what that was made of; what was told once is not told again. */
function referenceLines(told: Explanation, id: string, done: Set<string>): string[] {
  const reference = told.references.find((one) => one.id === id)
  if (!reference) return [`[${id}] refers to nothing`]
  if (done.has(id)) return [`[${id}] as above`]
  done.add(id)
  return [`[${id}] ${valueOf(reference)}`, ...originLines(told, reference, done).map(indent)]
}

const valueOf = ({ label, value, unit }: Reference): string => `${label}: ${value} ${unit}`

function originLines(told: Explanation, { id, from }: Reference, done: Set<string>): string[] {
  const readings = from.filter((each) => told.readings.some((reading) => reading.id === each))
  const rest = from.filter((each) => !readings.includes(each))
  const own = told.observations.find(({ cite }) => cite === id)
  return [
    ...(own ? observationLines(own, told.at) : []),
    ...(readings.length > 0 ? [`made of ${readings.length} readings, below`] : []),
    ...rest.flatMap((each) => {
      const seen = told.observations.find(({ cite }) => cite === each)
      return seen && !told.references.some((one) => one.id === each)
        ? [`read from ${each}: ${observationLines(seen, told.at)[0] ?? ''}`]
        : referenceLines(told, each, done)
    }),
  ]
}

function readingLines({ id, label, value, unit, lean, weight, contribution, see, cites }: Reading): string[] {
  const share =
    weight === 0 ? 'informs only' : `weighs ${round(weight, 4)}, adds ${round(contribution, 6)} to the score`
  return [
    `${id}  ${label}: ${value} ${unit}`,
    `  leans ${lean} from -1 to 1, ${share}`,
    `  rule: ${see ?? 'none of this version'}; read from ${cites.join(', ')}`,
  ]
}

function observationLines(seen: CitedObservation, at: string): string[] {
  const age = (from: string) => `${ago(Date.parse(at) - Date.parse(from))} old`
  if (seen.what === 'candles') {
    const { source, count, intervalMs, firstOpenAt, lastOpenAt, last } = seen
    return [
      `${count} closed candles of ${showInterval(intervalMs)} from ${source}, opened ${firstOpenAt} to ${lastOpenAt}`,
      ...last.map((bar) => `${bar.openAt} open ${bar.open} high ${bar.high} low ${bar.low} close ${bar.close}`),
    ]
  }
  if (seen.what === 'figure') {
    const before = seen.earlier ? `; a day before ${seen.earlier.value} (${seen.earlier.observedAt})` : ''
    return [
      `${seen.source} told ${seen.name} ${seen.value} ${seen.unit}${seen.ofMarket ? ' of the market' : ''}, ${age(seen.observedAt)}, fetched ${seen.fetchedAt}${before}`,
    ]
  }
  if (seen.what === 'hazard')
    return [`${seen.source} says ${seen.danger} is ${seen.present ? 'there' : 'not there'}, ${age(seen.observedAt)}`]
  if (seen.what === 'quote') return [`${seen.source} ${seen.pair} ${seen.price}, ${age(seen.observedAt)}`]
  if (seen.what === 'story') {
    return [
      `${seen.documents} documents of ${seen.publishers.join(', ')}, ${age(seen.publishedAt)}: ${seen.event}, tone ${seen.sentiment}${seen.flags.length > 0 ? `, flagged ${seen.flags.join(', ')}` : ''}`,
      `written by strangers: ${JSON.stringify(seen.quote)}${seen.url === null ? '' : ` ${seen.url}`}`,
    ]
  }
  if (seen.what === 'crowd') {
    const { posts, authors, platforms, tone, botShare, copiedShare } = seen.crowd
    return [
      `${posts} posts of ${authors} authors on ${platforms.join(', ')}, ${age(seen.crowd.at)}: tone ${tone}, like bots ${Math.round(botShare * 100)} %, copied ${Math.round(copiedShare * 100)} %`,
    ]
  }
  return [`not shown: ${seen.why}`]
}

function confidenceLines({ confidence }: Explanation): string[] {
  if (!confidence) return []
  const { value, low, high, n, method, measured, means, breakEven, expectedR, actionable, caps } = confidence
  return [
    `${value} (${low} to ${high}), ${method} on n ${n}: ${means}`,
    ...(measured === value ? [] : [`measured ${measured}`]),
    ...caps.map(({ rule, from, to, why }) => `${rule}: ${from} became ${to} (${why})`),
    ...(breakEven === null ? [] : [`break-even ${breakEven}, expected ${expectedR ?? '-'} R after costs`]),
    `actionable: ${actionable.yes ? 'yes' : 'no'}, ${actionable.why}`,
  ]
}

function modelLines({ model }: Explanation): string[] {
  if (!model) return []
  const { tokens, asked } = model
  return [
    `${model.model}: ${model.told}; ${model.costUsd === null ? 'cost not told' : `${model.costUsd} USD`}${tokens ? `, ${tokens.input} tokens in, ${tokens.output} out` : ''}`,
    `prompt ${model.promptHash}${model.kept ? '' : '; its opinion is not kept here'}`,
    ...(asked
      ? [
          `asked for: ${asked.stance}, confidence moved by ${asked.adjustment}, stop ${asked.stop ?? 'as it is'}, target ${asked.target ?? 'as it is'}`,
        ]
      : []),
  ]
}

type Level = Explanation['levels'][number]
const away = ({ distanceAtr, distanceR }: Level): string =>
  `${[distanceAtr === null ? [] : `${distanceAtr} ATR`, distanceR === null ? [] : `${distanceR} R`].flat().join(', ')} away: `
const candidate = ({ candidate: id }: Level): string => (id === null ? '' : ` (${id})`)

const ago = (ms: number): string =>
  ms < 120_000
    ? `${Math.round(ms / 1_000)} s`
    : ms < 7_200_000
      ? `${Math.round(ms / 60_000)} min`
      : `${Math.round(ms / 3_600_000)} h`
