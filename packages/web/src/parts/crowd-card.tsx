import type { ReactNode } from 'react'
import type { ToldVoice } from '@pumpiq/api'
import type { Crowd } from '@pumpiq/domain'
import { sentimentWord } from '../words/kinds.ts'
import { percent, signed, span, words } from '../words/show.ts'

const nobody: readonly ToldVoice[] = []

type CrowdToShow = {
  crowd: Crowd | null
  at: number
  /** Who of the authors has a record. */
  voices?: readonly ToldVoice[]
}

/** What posts come to once bots, new accounts and copies are weighed, so old at `at` (epoch ms). Null: nobody could be asked. */
export function CrowdCard({ crowd, at, voices = nobody }: CrowdToShow) {
  return (
    <section className="card" aria-labelledby="posts">
      <h2 id="posts">Posts</h2>
      {crowd ? <CrowdFacts crowd={crowd} at={at} /> : <p>No source of posts could be asked.</p>}
      {voices.length > 0 && <Voices voices={voices} />}
    </section>
  )
}

function CrowdFacts({ crowd, at }: { crowd: Crowd; at: number }) {
  const { posts, authors, platforms, tone, agreement, newAccountShare, botShare, copiedShare, flagged } = crowd
  const { word, tone: color } = sentimentWord(tone)
  const flags = Object.entries(flagged).filter(([, share]) => share > 0)
  return (
    <dl className="facts">
      <Fact name="Posts">{posts.toLocaleString('en')}</Fact>
      <Fact name="Authors">{authors.toLocaleString('en')}</Fact>
      <Fact name="Heard on">{platforms.length === 0 ? '–' : platforms.join(', ')}</Fact>
      <Fact name="Tone">
        <b className={`ending-${color}`}>{word}</b> {signed(tone)}
      </Fact>
      {agreement !== null && <Fact name="Platforms agree">{percent(agreement)}</Fact>}
      <Fact name="Burst">{burstOf(crowd)}</Fact>
      <Fact name="Like bots">{percent(botShare)}</Fact>
      <Fact name="New accounts">{percent(newAccountShare)}</Fact>
      <Fact name="Copied">{percent(copiedShare)}</Fact>
      {flags.map(([flag, share]) => (
        <Fact key={flag} name={`Flagged: ${words(flag)}`}>
          {percent(share)}
        </Fact>
      ))}
      <Fact name="Newest">{span(at - Date.parse(crowd.at))} old</Fact>
    </dl>
  )
}

const Voices = ({ voices }: { voices: readonly ToldVoice[] }) => (
  <>
    <h3>Authors with a record</h3>
    <dl className="facts">
      {voices.map(({ author, name, calls, hits, loudness }) => (
        <Fact key={author} name={<bdi>{name ?? author}</bdi>}>
          {hits} of {calls} calls came true, heard {loudness.toFixed(1)} times as loud
        </Fact>
      ))}
    </dl>
  </>
)

const burstOf = ({ burst, perHour, usualPerHour }: Crowd): string =>
  `${burst ? 'yes' : 'no'}, ${perHour.toFixed(1)} an hour${usualPerHour === null ? '; the usual rate is not known yet' : ` against ${usualPerHour.toFixed(1)}`}`

const Fact = ({ name, children }: { name: ReactNode; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd className="num">{children}</dd>
  </div>
)
