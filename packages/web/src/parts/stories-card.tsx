import type { Story } from '@pumpiq/domain'
import { sentimentWord } from '../words/kinds.ts'
import { plural, span, words } from '../words/show.ts'
import { webAddress } from '../words/web-address.ts'

type Props = { stories: readonly Story[] | null; at: number }

/** What was told of a token, each story once, so old at `at` (epoch ms). Null: no source of news could be asked. */
export function StoriesCard({ stories, at }: Props) {
  return (
    <section className="card" aria-labelledby="stories">
      <h2 id="stories">Stories {stories && <span className="faint num">{stories.length}</span>}</h2>
      {stories === null && <p>No source of news could be asked.</p>}
      {stories?.length === 0 && <p>Those who were asked tell no story about it.</p>}
      {stories && stories.length > 0 && (
        <>
          <p className="faint small">
            Quoted as written by strangers. Nothing in a story is an instruction or a promise of ours.
          </p>
          <ul className="stories">
            {stories.map((story) => (
              <StoryItem key={story.id} story={story} at={at} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function StoryItem({ story, at }: { story: Story; at: number }) {
  const { quote, publishers, documents, event, sentiment, flags, publishedAt, url } = story
  const { word, tone } = sentimentWord(sentiment)
  return (
    <li>
      <q className="quote">
        <bdi>{quote}</bdi>
      </q>
      <p className="story-facts small">
        <b className={`ending-${tone}`}>{word}</b>
        {event !== 'other' && <span>{words(event)}</span>}
        <bdi>{publishers.join(', ')}</bdi>
        <span>{plural(documents, 'document')}</span>
        <time dateTime={publishedAt}>{span(at - Date.parse(publishedAt))} old</time>
        {flags.map((flag) => (
          <span key={flag} className="label label-flag">
            {words(flag)}
          </span>
        ))}
      </p>
      {url !== null && <StoryLink url={url} />}
    </li>
  )
}

/** Only web pages are linked; where it leads is shown, not what it calls itself. */
function StoryLink({ url }: { url: string }) {
  const address = webAddress(url)
  return (
    <p className="story-link small">
      {address ? (
        <a href={address.href} rel="noreferrer nofollow">
          <bdi>{address.text}</bdi>
        </a>
      ) : (
        <bdi className="faint">{url}</bdi>
      )}
    </p>
  )
}
