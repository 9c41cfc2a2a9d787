import { clsx } from 'clsx'
import { useState } from 'react'
import type { Story } from '@pumpiq/domain'
import { sentimentWord } from '../words/kinds.ts'
import { plural, span, words } from '../words/show.ts'
import { toldTexts as text } from '../words/texts/told.ts'
import { webAddress } from '../words/web-address.ts'
import { Badge } from './kit/badge.tsx'
import { Button } from './kit/button.tsx'
import { Card } from './kit/card.tsx'

type Props = { stories: readonly Story[] | null; at: number }

const few = 8
const tones: Readonly<Record<string, string>> = { good: 'text-buy', flat: 'text-ink-2', bad: 'text-sell' }

/** What was told of a token, each story once, so old at `at` (epoch ms). Null: no source of news could be asked. */
export function StoriesCard({ stories, at }: Props) {
  const [isAll, setAll] = useState(false)
  return (
    <Card
      title={
        <>
          {text.stories} {stories && <span className="num font-normal text-ink-3">{stories.length}</span>}
        </>
      }
    >
      {stories === null && <p className="text-sm text-ink-2">{text.noNewsAsked}</p>}
      {stories?.length === 0 && <p className="text-sm text-ink-2">{text.noStory}</p>}
      {stories && stories.length > 0 && (
        <>
          <p className="text-xs text-ink-3">{text.strangers}</p>
          <ul>
            {stories.slice(0, isAll ? stories.length : few).map((story) => (
              <StoryItem key={story.id} story={story} at={at} />
            ))}
          </ul>
          {stories.length > few && (
            <Button small className="mt-3" onClick={() => setAll(!isAll)}>
              {isAll ? text.fewStories : text.allStories(stories.length)}
            </Button>
          )}
        </>
      )}
    </Card>
  )
}

function StoryItem({ story, at }: { story: Story; at: number }) {
  const { quote, publishers, documents, event, sentiment, flags, publishedAt, url } = story
  const { word, tone } = sentimentWord(sentiment)
  return (
    <li className="grid gap-1 border-b border-line py-2.5 last:border-0">
      <q className="text-sm break-words text-ink">
        <bdi>{quote}</bdi>
      </q>
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-3">
        <b className={clsx('font-semibold', tones[tone])}>{word}</b> {event !== 'other' && <span>{words(event)}</span>}{' '}
        <bdi>{publishers.join(', ')}</bdi> <span>{plural(documents, 'document')}</span>{' '}
        <time dateTime={publishedAt}>{text.old(span(at - Date.parse(publishedAt)))}</time>
        {flags.map((flag) => (
          <Badge key={flag} tone="avoid">
            {words(flag)}
          </Badge>
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
    <p className="min-w-0 text-xs [overflow-wrap:anywhere]">
      {address ? (
        <a href={address.href} rel="noreferrer nofollow" className="inline-block min-h-6 text-accent underline">
          <bdi>{address.text}</bdi>
        </a>
      ) : (
        <bdi className="text-ink-3">{url}</bdi>
      )}
    </p>
  )
}
