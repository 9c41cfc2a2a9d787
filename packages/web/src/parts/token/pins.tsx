import type { RecommendationSummary, TokenAnalysis } from '@pumpiq/api'
import type { Story } from '@pumpiq/domain'
import { Link, recommendationPath } from '../../paths.tsx'
import { endingName, endingSigns, toneOfEnding } from '../../words/ending.ts'
import { sentimentWord } from '../../words/kinds.ts'
import { plural, signed, words } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'
import { webAddress } from '../../words/web-address.ts'
import type { ChartPin, ChartTone } from '../chart/chart-words.ts'

const tones: Readonly<Record<string, ChartTone>> = { good: 'buy', flat: 'hold', bad: 'sell' }
const callTones = { BUY: 'buy', SELL: 'sell', HOLD: 'hold', AVOID: 'avoid' } as const
const callSigns = { BUY: '▲', SELL: '▼', HOLD: '■', AVOID: '✕' } as const
const linkLook = 'inline-block min-h-6 text-accent underline [overflow-wrap:anywhere]'

/** All that is known to have happened to a token, at its time, newest first. */
export function pinsOf(analysis: TokenAnalysis | null, calls: readonly RecommendationSummary[]): ChartPin[] {
  const told = analysis
    ? [...(analysis.stories ?? []).map(storyPin), ...burstPins(analysis.crowd), ...whalePins(analysis.figures)]
    : []
  return [...told, ...calls.flatMap(callPins)].toSorted((a, b) => b.at - a.at)
}

function storyPin({ id, publishedAt, quote, publishers, documents, event, sentiment, url }: Story): ChartPin {
  const { word, tone } = sentimentWord(sentiment)
  const address = url === null ? null : webAddress(url)
  const isWhale = event === 'whale'
  return {
    id: `story ${id}`,
    at: Date.parse(publishedAt),
    tone: tones[tone] ?? 'hold',
    kind: isWhale ? text.kinds.whale : text.kinds.news,
    sign: isWhale ? 'W' : 'N',
    title: (
      <q>
        <bdi>{quote}</bdi>
      </q>
    ),
    detail: (
      <>
        {word}
        {event !== 'other' && `, ${words(event)}`}, <bdi>{publishers.join(', ')}</bdi>, {plural(documents, 'document')}{' '}
        {address && (
          <a href={address.href} rel="noreferrer nofollow" className={linkLook}>
            <bdi>{address.text}</bdi>
          </a>
        )}
      </>
    ),
  }
}

function burstPins(crowd: TokenAnalysis['crowd']): ChartPin[] {
  if (!crowd?.burst) return []
  const { at, perHour, usualPerHour, tone } = crowd
  return [
    {
      id: `burst ${at}`,
      at: Date.parse(at),
      tone: 'avoid',
      kind: text.kinds.burst,
      sign: 'B',
      title: text.burst(perHour.toFixed(1), usualPerHour === null ? null : usualPerHour.toFixed(1)),
      detail: sentimentWord(tone).word,
    },
  ]
}

const whalePins = (figures: TokenAnalysis['figures']): ChartPin[] =>
  figures
    .filter(({ name, value }) => name === 'whaleNet24hUsd' && value !== 0)
    .map(({ source, observedAt, value }) => ({
      id: `whales ${source} ${observedAt}`,
      at: Date.parse(observedAt),
      tone: value > 0 ? ('buy' as const) : ('sell' as const),
      kind: text.kinds.whale,
      sign: 'W',
      title: text.whaleNet(`${value < 0 ? '−' : '+'}${Math.abs(Math.round(value)).toLocaleString('en')}`),
      detail: source,
    }))

function callPins({ id, type, abstained, timeframe, issuedAt, outcome, score }: RecommendationSummary): ChartPin[] {
  if (abstained !== null) return []
  const link = (
    <Link to={recommendationPath(id)} className={linkLook}>
      {text.wholeReason}
    </Link>
  )
  const issued: ChartPin = {
    id: `call ${id}`,
    at: Date.parse(issuedAt),
    tone: callTones[type],
    kind: text.kinds.call,
    sign: callSigns[type],
    title: text.callTitle(type, words(timeframe)),
    detail: (
      <>
        {text.score} {signed(score)}. {link}
      </>
    ),
  }
  if (!outcome?.at) return [issued]
  const tone = toneOfEnding(type, outcome)
  const result = outcome.rMultiple === null ? '' : `, ${signed(outcome.rMultiple)} R`
  const ended: ChartPin = {
    id: `outcome ${id}`,
    at: Date.parse(outcome.at),
    tone: tones[tone] ?? 'hold',
    kind: text.kinds.outcome,
    sign: endingSigns[tone],
    title: text.outcomeTitle(type, `${endingName(type, outcome)}${result}`),
    detail: link,
  }
  return [ended, issued]
}
