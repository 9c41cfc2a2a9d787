import { useMemo } from 'react'
import { useParams } from '@tanstack/react-router'
import { useNow } from '../data/now.ts'
import { useCallsOf, useListedToken, useSentiment } from '../data/token.ts'
import { useAnalysis } from '../data/tokens.ts'
import { CrowdCard } from '../parts/crowd-card.tsx'
import { Card } from '../parts/kit/card.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { ReadingsTable } from '../parts/readings-table.tsx'
import { SafetyCard } from '../parts/safety-card.tsx'
import { StoriesCard } from '../parts/stories-card.tsx'
import { currentOf } from '../parts/token/call-shapes.ts'
import { CallsCard } from '../parts/token/calls-card.tsx'
import { ChartCard } from '../parts/token/chart-card.tsx'
import { CurrentCall } from '../parts/token/current-call.tsx'
import { EventsCard } from '../parts/token/events-card.tsx'
import { TokenHead } from '../parts/token/head.tsx'
import { MarketFacts } from '../parts/token/market-facts.tsx'
import { pinsOf } from '../parts/token/pins.tsx'
import { SentimentCard } from '../parts/token/sentiment-card.tsx'
import { SourcesCard } from '../parts/token/sources-card.tsx'
import { seenAt } from '../parts/token/told-by.ts'
import { ViewsCard } from '../parts/token/views-card.tsx'
import { Link } from '../paths.tsx'
import { span } from '../words/show.ts'
import { tokenTexts as text } from '../words/texts/token.ts'
import { toldTexts } from '../words/texts/told.ts'
import type { TokenAnalysis } from '@pumpiq/api'

/** What is known of a token now, where it comes from, how old it is, and what was called on it; nothing is decided here. */
export function TokenPage() {
  const { id } = useParams({ from: '/tokens/$id' })
  const listed = useListedToken(id)
  const known = useAnalysis(id)
  const token = known.data?.token ?? listed.data
  const calls = useCallsOf(token?.id ?? null)
  const sentiment = useSentiment(token?.id ?? null)
  const pins = useMemo(() => pinsOf(known.data, calls.data ?? []), [known.data, calls.data])
  const now = useNow(60_000)
  if (!token && known.problem !== null) return <Absent problem={known.problem} missing={known.code === 'notFound'} />
  if (!token) return <Gathering id={id} />
  const current = currentOf(calls.data ?? [], now)
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <TokenHead token={token} listed={listed.data} analysis={known.data} />
      {known.problem !== null && (
        <Note tone="warn" title={text.notAnew}>
          {known.problem}
        </Note>
      )}
      <MarketFacts token={listed.data} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <ChartCard id={token.id} symbol={token.symbol} calls={calls.data ?? none} current={current} pins={pins} />
        <div className="grid gap-5 md:max-xl:grid-cols-2">
          <CurrentCall current={current} hasEarlier={(calls.data?.length ?? 0) > 0} isLoading={calls.data === null} />
          <SentimentCard asked={sentiment} />
        </div>
      </div>
      <Known analysis={known.data} id={id} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <EventsCard pins={pins} isLoading={known.data === null} />
        <CallsCard asked={calls} symbol={token.symbol} />
      </div>
      {known.data && <Evidence analysis={known.data} />}
    </article>
  )
}

const none: readonly never[] = []

/** What comes of gathering: that may take a while, and the rest of the page does not wait for it. */
function Known({ analysis, id }: { analysis: TokenAnalysis | null; id: string }) {
  if (!analysis)
    return (
      <Card title={text.views} className="min-h-96">
        <Skeleton rows={12} progress={text.gathering(id)} />
      </Card>
    )
  const at = Date.parse(analysis.at)
  const originOf = (cites: readonly string[]) => {
    const told = cites.flatMap((cite) => {
      const seen = seenAt(cite, analysis)
      return seen === null ? [] : [`${cite.split(':')[0]}, ${toldTexts.old(span(at - seen))}`]
    })
    return told.length === 0 ? null : [...new Set(told)].join('; ')
  }
  return (
    <>
      <ViewsCard analysis={analysis} />
      <SafetyCard safety={analysis.safety} originOf={originOf} />
    </>
  )
}

function Evidence({ analysis }: { analysis: TokenAnalysis }) {
  const at = Date.parse(analysis.at)
  return (
    <>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <StoriesCard stories={analysis.stories} at={at} />
        <CrowdCard crowd={analysis.crowd} at={at} voices={analysis.voices} />
      </div>
      <Card title={text.readings} hint={text.readingsHint}>
        <ReadingsTable readings={analysis.readings} at={at} />
      </Card>
      <SourcesCard analysis={analysis} at={at} />
    </>
  )
}

const Gathering = ({ id }: { id: string }) => (
  <Card className="min-h-96">
    <Skeleton rows={12} progress={text.gathering(id)} />
  </Card>
)

const Absent = ({ problem, missing }: { problem: string; missing: boolean }) => (
  <section role="alert" className="mx-auto grid max-w-xl justify-items-start gap-3 py-16">
    <h1>{missing ? text.missing : text.nothing}</h1>
    <p className="text-ink-2 break-words">{problem}</p>
    <Link to="/" className="inline-block min-h-6 text-accent underline">
      {text.seeCalls}
    </Link>
  </section>
)
