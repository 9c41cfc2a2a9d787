import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import type { ToldVoice } from '@pumpiq/api'
import type { Crowd } from '@pumpiq/domain'
import { sentimentWord } from '../words/kinds.ts'
import { percent, signed, span, words } from '../words/show.ts'
import { toldTexts as text } from '../words/texts/told.ts'
import { Card } from './kit/card.tsx'

const nobody: readonly ToldVoice[] = []
const tones: Readonly<Record<string, string>> = { good: 'text-buy', flat: 'text-ink-2', bad: 'text-sell' }

type CrowdToShow = {
  crowd: Crowd | null
  at: number
  /** Who of the authors has a record. */
  voices?: readonly ToldVoice[]
}

/** What posts come to once bots, new accounts and copies are weighed, so old at `at` (epoch ms). Null: nobody could be asked. */
export function CrowdCard({ crowd, at, voices = nobody }: CrowdToShow) {
  return (
    <Card title={text.posts}>
      {crowd ? <CrowdFacts crowd={crowd} at={at} /> : <p className="text-sm text-ink-2">{text.noPostsAsked}</p>}
      {voices.length > 0 && <Voices voices={voices} />}
    </Card>
  )
}

function CrowdFacts({ crowd, at }: { crowd: Crowd; at: number }) {
  const { posts, authors, platforms, tone, agreement, newAccountShare, botShare, copiedShare, flagged } = crowd
  const { word, tone: color } = sentimentWord(tone)
  const flags = Object.entries(flagged).filter(([, share]) => share > 0)
  return (
    <dl>
      <Row name={text.posts}>{posts.toLocaleString('en')}</Row>
      <Row name={text.authors}>{authors.toLocaleString('en')}</Row>
      <Row name={text.heardOn}>{platforms.length === 0 ? '–' : platforms.join(', ')}</Row>
      <Row name={text.tone}>
        <b className={clsx('font-semibold', tones[color])}>{word}</b> {signed(tone)}
      </Row>
      {agreement !== null && <Row name={text.agree}>{percent(agreement)}</Row>}
      <Row name={text.burst}>{burstOf(crowd)}</Row>
      <Row name={text.bots}>{percent(botShare)}</Row>
      <Row name={text.newAccounts}>{percent(newAccountShare)}</Row>
      <Row name={text.copied}>{percent(copiedShare)}</Row>
      {flags.map(([flag, share]) => (
        <Row key={flag} name={text.flagged(words(flag))}>
          {percent(share)}
        </Row>
      ))}
      <Row name={text.newest}>{text.old(span(at - Date.parse(crowd.at)))}</Row>
    </dl>
  )
}

const Voices = ({ voices }: { voices: readonly ToldVoice[] }) => (
  <>
    <h3 className="mt-4 mb-1">{text.voices}</h3>
    <dl>
      {voices.map(({ author, name, calls, hits, loudness }) => (
        <Row key={author} name={<bdi>{name ?? author}</bdi>}>
          {text.voice(hits, calls, loudness.toFixed(1))}
        </Row>
      ))}
    </dl>
  </>
)

const Row = ({ name, children }: { name: ReactNode; children: ReactNode }) => (
  <div className="flex justify-between gap-4 border-b border-line py-1.5 text-sm last:border-0">
    <dt className="shrink-0 text-ink-2">{name}</dt>
    <dd className="num text-right break-words">{children}</dd>
  </div>
)

const burstOf = ({ burst, perHour, usualPerHour }: Crowd): string =>
  text.burstOf(burst, perHour.toFixed(1), usualPerHour === null ? null : usualPerHour.toFixed(1))
