import type { ReactNode } from 'react'
import { price, type CitedObservation } from '@pumpiq/domain'
import { sentimentWord } from '../../words/kinds.ts'
import { figure, instant, percent, span, words } from '../../words/show.ts'
import { evidenceTexts as text } from '../../words/texts/evidence.ts'
import { webAddress } from '../../words/web-address.ts'
import { Fact } from '../kit/fact.tsx'
import { exactly, Plain, PriceFact } from './rows.tsx'

/** `from`: where in the explanation it stands. */
type Props<What = CitedObservation['what']> = {
  seen: Extract<CitedObservation, { what: What }>
  from: string
  at: number
}

/** One observation: who saw what, so old at `at` (epoch ms). What strangers wrote is text, and said to be theirs. */
export const Seen = (props: Props) => (
  <div className="rounded-lg border border-line bg-raised p-3 text-[0.8125rem] leading-5 break-words">
    <What {...props} />
  </div>
)

function What({ seen, ...rest }: Props): ReactNode {
  switch (seen.what) {
    case 'candles':
      return <SeenCandles seen={seen} {...rest} />
    case 'figure':
      return <SeenFigure seen={seen} {...rest} />
    case 'story':
      return <SeenStory seen={seen} {...rest} />
    case 'crowd':
      return <SeenCrowd seen={seen} {...rest} />
    case 'hazard':
      return (
        <p>
          <b>{seen.source}</b> says {words(seen.danger)} is {seen.present ? 'there' : 'not there'},{' '}
          <Age of={seen.observedAt} at={rest.at} />
        </p>
      )
    case 'quote':
      return (
        <p>
          <b>{seen.source}</b> <Plain>{seen.pair}</Plain>{' '}
          <PriceFact of="explanation" at={`${rest.from}.price`} value={price(seen.price)} />,{' '}
          <Age of={seen.observedAt} at={rest.at} />
        </p>
      )
    // Cited, and not kept here.
    case 'absent':
    default:
      return (
        <p className="text-ink-3" data-plain>
          <code>{seen.cite}</code>: {seen.why}
        </p>
      )
  }
}

const Age = ({ of, at }: { of: string; at: number }) => (
  <time dateTime={of} title={of} data-plain className="whitespace-nowrap">
    {text.oldAt(span(at - Date.parse(of)))}
  </time>
)

const columns = ['open', 'high', 'low', 'close'] as const

function SeenCandles({ seen, from, at }: Props<'candles'>) {
  const { source, cite, count, intervalMs, firstOpenAt, lastOpenAt, last } = seen
  return (
    <>
      <p>
        <b>{source}</b>{' '}
        <Fact of="explanation" at={`${from}.count`}>
          {figure(count)}
        </Fact>{' '}
        closed candles of <Plain>{span(intervalMs)}</Plain>,{' '}
        <Plain>
          {instant(firstOpenAt)} to {instant(lastOpenAt)}
        </Plain>
        , the newest closed <Age of={new Date(Date.parse(lastOpenAt) + intervalMs).toISOString()} at={at} />{' '}
        <code className="text-ink-3">{cite}</code>
      </p>
      {last.length > 0 && (
        <div className="mt-2 overflow-x-auto" tabIndex={0} role="region" aria-label={`${source}, the newest candles`}>
          <table className="w-full text-xs">
            <thead>
              <tr className="text-ink-3">
                <th scope="col" className="py-1 pr-2 text-left font-medium">
                  {text.opened}
                </th>
                {columns.map((name) => (
                  <th key={name} scope="col" className="py-1 pl-2 text-right font-medium">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {last.map((bar, i) => (
                <tr key={bar.openAt} className="border-t border-line">
                  <th scope="row" className="py-1 pr-2 text-left font-normal whitespace-nowrap" data-plain>
                    {instant(bar.openAt)}
                  </th>
                  {columns.map((name) => (
                    <td key={name} className="py-1 pl-2 text-right">
                      <PriceFact of="explanation" at={`${from}.last.${i}.${name}`} value={bar[name]} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

const SeenFigure = ({ seen, from, at }: Props<'figure'>) => {
  const { source, name, value, unit, ofMarket, observedAt, earlier } = seen
  return (
    <p>
      <b>{source}</b> <Plain>{name}</Plain>{' '}
      <Fact of="explanation" at={`${from}.value`} className="num font-semibold">
        {exactly(value)}
      </Fact>{' '}
      <Plain>{unit}</Plain>
      {ofMarket && ' of the market'}, <Age of={observedAt} at={at} />
      {earlier && (
        <span className="text-ink-3">
          ; the day before{' '}
          <Fact of="explanation" at={`${from}.earlier.value`} className="num">
            {exactly(earlier.value)}
          </Fact>
        </span>
      )}
    </p>
  )
}

function SeenStory({ seen, from, at }: Props<'story'>) {
  const { quote, url, publishers, documents, event, sentiment, flags, publishedAt } = seen
  const address = url === null ? null : webAddress(url)
  return (
    <>
      <p className="text-ink-3">{text.strangers}</p>
      <q className="block" data-plain>
        <bdi>{quote}</bdi>
      </q>
      <p>
        <Plain>
          <bdi>{publishers.join(', ')}</bdi>
        </Plain>
        ,{' '}
        <Fact of="explanation" at={`${from}.documents`}>
          {documents}
        </Fact>{' '}
        {documents === 1 ? 'document' : 'documents'}, {words(event)}, {sentimentWord(sentiment).word},{' '}
        <Age of={publishedAt} at={at} />
        {flags.length > 0 && `, flagged ${flags.map(words).join(', ')}`}
      </p>
      {address && (
        <a href={address.href} rel="noreferrer nofollow" className="text-accent underline" data-plain>
          <bdi>{address.text}</bdi>
        </a>
      )}
    </>
  )
}

function SeenCrowd({ seen: { crowd }, from, at }: Props<'crowd'>) {
  const of = (name: string, shown: ReactNode) => (
    <Fact of="explanation" at={`${from}.crowd.${name}`}>
      {shown}
    </Fact>
  )
  return (
    <p>
      <b>{crowd.platforms.join(', ')}</b> {of('posts', figure(crowd.posts))} posts of{' '}
      {of('authors', figure(crowd.authors))} authors, {sentimentWord(crowd.tone).word}, like bots{' '}
      {of('botShare', percent(crowd.botShare))}, copied {of('copiedShare', percent(crowd.copiedShare))},{' '}
      <Age of={crowd.at} at={at} />
    </p>
  )
}
