import { quoteId } from '../decide/references.ts'
import type { Dossier } from '../dossier/dossier.ts'
import type { SealedEvidence } from '../dossier/sealed-evidence.ts'
import { figures } from '../words/figure.ts'
import type { Figure, Hazard } from '../words/observation.ts'
import { crowdCite } from '../words/story.ts'
import { toIso } from '../words/time.ts'
import type { CitedObservation } from './explanation.ts'

/** So many of the newest candles are shown. */
const rowsShown = 5

type Gathered = NonNullable<SealedEvidence['gathered']>

/** What a cite names, as it was known at the instant of the dossier; `absent` where the evidence of it is not kept. */
export function observationOf(cite: string, dossier: Dossier, evidence: SealedEvidence | null): CitedObservation {
  const at = Date.parse(dossier.at)
  const gathered = evidence?.gathered ?? null
  return (
    candlesOf(cite, dossier, evidence) ??
    quoteOf(cite, dossier) ??
    (gathered && (figureOf(cite, gathered, at) ?? hazardOf(cite, gathered, at) ?? textOf(cite, gathered, at))) ?? {
      what: 'absent',
      cite,
      why: evidence ? 'it is not among the kept evidence' : 'the evidence is not kept here',
    }
  )
}

function candlesOf(cite: string, { candles }: Dossier, evidence: SealedEvidence | null): CitedObservation | null {
  if (!candles || cite !== candles.id) return null
  const { intervalMs, count, firstOpenAt, lastOpenAt } = candles
  const known = (evidence?.candles?.rows ?? []).filter(([openAt]) => openAt <= Date.parse(lastOpenAt))
  const last = known.slice(-rowsShown).map(([openAt, open, high, low, close, volume]) => ({
    openAt: toIso(openAt),
    open,
    high,
    low,
    close,
    volume,
  }))
  return { what: 'candles', cite, source: sourceOf(cite), intervalMs, count, firstOpenAt, lastOpenAt, last }
}

/** Of `binance:BTCUSDT:1h` the venue. */
const sourceOf = (id: string): string => id.split(':')[0]!

function quoteOf(cite: string, { price }: Dossier): CitedObservation | null {
  const quote = price?.quotes.find(({ source }) => quoteId(source) === cite)
  return quote ? { what: 'quote', cite, ...quote } : null
}

function figureOf(cite: string, { figures: told, earlier }: Gathered, at: number): CitedObservation | null {
  const figure = nearest(told.filter((one) => isCited(cite, one.source, one.name, one, at)))
  if (!figure) return null
  const { source, name, token, value, observedAt, fetchedAt } = figure
  const then = nearest(earlier.filter((one) => isCited(cite, one.source, one.name, one, at) && one.token === token))
  return {
    what: 'figure',
    cite,
    source,
    name,
    value,
    unit: figures[name].unit,
    ofMarket: token === null,
    observedAt,
    fetchedAt,
    earlier: then ? { value: then.value, observedAt: then.observedAt } : null,
  }
}

const isCited = (cite: string, source: string, name: string, { fetchedAt }: Figure | Hazard, at: number): boolean =>
  cite === `${source}:${name}` && Date.parse(fetchedAt) <= at

/** As figures are believed: what is told of the token before what is told of the market, then the newest. */
const nearest = (told: readonly Figure[]): Figure | undefined =>
  told.toSorted(
    (a, b) =>
      Number(a.token === null) - Number(b.token === null) || Date.parse(b.observedAt) - Date.parse(a.observedAt),
  )[0]

function hazardOf(cite: string, { hazards }: Gathered, at: number): CitedObservation | null {
  const told = hazards.filter((one) => isCited(cite, one.source, one.danger, one, at))
  const hazard = told.toSorted((a, b) => Date.parse(b.observedAt) - Date.parse(a.observedAt))[0]
  if (!hazard) return null
  const { source, danger, present, observedAt, fetchedAt } = hazard
  return { what: 'hazard', cite, source, danger, present, observedAt, fetchedAt }
}

function textOf(cite: string, { stories, crowd }: Gathered, at: number): CitedObservation | null {
  if (crowd && crowdCite(crowd) === cite && Date.parse(crowd.at) <= at) return { what: 'crowd', cite, crowd }
  const story = stories?.find(({ id, at: knownAt }) => id === cite && Date.parse(knownAt) <= at)
  if (!story) return null
  const { quote, url, publishers, documents, event, sentiment, flags, publishedAt, at: knownAt } = story
  return {
    what: 'story',
    cite,
    foreign: true,
    quote,
    url,
    publishers,
    documents,
    event,
    sentiment,
    flags,
    publishedAt,
    knownAt,
  }
}
