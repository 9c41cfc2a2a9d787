import type { CitedObservation } from '@pumpiq/domain'
import { sentimentWord } from '../words/kinds.ts'
import { instant, percent, plural, span, words } from '../words/show.ts'
import { webAddress } from '../words/web-address.ts'

type Props<What = CitedObservation['what']> = { seen: Extract<CitedObservation, { what: What }>; at: number }

/** One observation: who saw what, so old at `at` (epoch ms). What strangers wrote is text, and said to be theirs. */
export function Seen({ seen, at }: Props) {
  return (
    <div className="seen small">
      {seen.what === 'candles' && <SeenCandles seen={seen} at={at} />}
      {seen.what === 'figure' && <SeenFigure seen={seen} at={at} />}
      {seen.what === 'story' && <SeenStory seen={seen} at={at} />}
      {seen.what === 'crowd' && <SeenCrowd seen={seen} at={at} />}
      {seen.what === 'hazard' && (
        <p>
          <b>{seen.source}</b> says {words(seen.danger)} is {seen.present ? 'there' : 'not there'},{' '}
          <Age of={seen.observedAt} at={at} />
        </p>
      )}
      {seen.what === 'quote' && (
        <p>
          <b>{seen.source}</b> {seen.pair} <span className="num">{seen.price}</span>,{' '}
          <Age of={seen.observedAt} at={at} />
        </p>
      )}
      {seen.what === 'absent' && (
        <p className="faint">
          <code>{seen.cite}</code>: {seen.why}
        </p>
      )}
    </div>
  )
}

const Age = ({ of, at }: { of: string; at: number }) => (
  <time dateTime={of} title={of}>
    {span(at - Date.parse(of))} old
  </time>
)

const columns = ['open', 'high', 'low', 'close'] as const

function SeenCandles({
  seen: { source, cite, count, intervalMs, firstOpenAt, lastOpenAt, last },
  at,
}: Props<'candles'>) {
  return (
    <>
      <p>
        <b>{source}</b> {plural(count, 'closed candle')} of {span(intervalMs)}, {instant(firstOpenAt)} to{' '}
        {instant(lastOpenAt)}, the newest closed{' '}
        <Age of={new Date(Date.parse(lastOpenAt) + intervalMs).toISOString()} at={at} /> <code>{cite}</code>
      </p>
      {last.length > 0 && (
        <table className="figures seen-candles">
          <thead>
            <tr>
              <th scope="col">Opened</th>
              {columns.map((name) => (
                <th key={name} scope="col" className="right">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {last.map((bar) => (
              <tr key={bar.openAt}>
                <th scope="row">{instant(bar.openAt)}</th>
                {columns.map((name) => (
                  <td key={name} className="right num">
                    {bar[name]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

const SeenFigure = ({ seen: { source, name, value, unit, ofMarket, observedAt, earlier }, at }: Props<'figure'>) => (
  <p>
    <b>{source}</b> {name} <span className="num">{value}</span> {unit}
    {ofMarket && ' of the market'}, <Age of={observedAt} at={at} />
    {earlier && (
      <span className="faint">
        ; the day before <span className="num">{earlier.value}</span>
      </span>
    )}
  </p>
)

function SeenStory({ seen, at }: Props<'story'>) {
  const { quote, url, publishers, documents, event, sentiment, flags, publishedAt } = seen
  const address = url === null ? null : webAddress(url)
  return (
    <>
      <p className="faint">Written by strangers:</p>
      <q className="quote">
        <bdi>{quote}</bdi>
      </q>
      <p>
        <bdi>{publishers.join(', ')}</bdi>, {plural(documents, 'document')}, {words(event)},{' '}
        {sentimentWord(sentiment).word}, <Age of={publishedAt} at={at} />
        {flags.length > 0 && `, flagged ${flags.map(words).join(', ')}`}
      </p>
      {address && (
        <a href={address.href} rel="noreferrer nofollow">
          <bdi>{address.text}</bdi>
        </a>
      )}
    </>
  )
}

const SeenCrowd = ({ seen: { crowd }, at }: Props<'crowd'>) => (
  <p>
    <b>{crowd.platforms.join(', ')}</b> {plural(crowd.posts, 'post')} of {plural(crowd.authors, 'author')},{' '}
    {sentimentWord(crowd.tone).word}, like bots {percent(crowd.botShare)}, copied {percent(crowd.copiedShare)},{' '}
    <Age of={crowd.at} at={at} />
  </p>
)
