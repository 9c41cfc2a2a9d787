import type { Health } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { useNow } from '../../data/now.ts'
import { prefer, useLocalPreferences } from '../../platform/preferences.ts'
import { localNow } from '../../platform/clock.ts'
import { followingSentence } from '../../words/following.ts'
import { relative } from '../../words/show.ts'
import { shellTexts as text } from '../../words/texts/shell.ts'
import { Button } from '../kit/button.tsx'
import { Note } from '../kit/note.tsx'

/** What a person must know before believing the page below. */
export const Notices = ({ health }: { health: Asked<Health> }) => (
  <div className="my-3 grid gap-2">
    {health.problem !== null && <SilentServer problem={health.problem} at={health.at} />}
    {health.data && <OldPage version={health.data.version} />}
    {health.data && health.data.sources.down.length > 0 && <DownSources health={health.data} />}
    {health.data?.tracker.state === 'stale' && <StaleFollowing tracker={health.data.tracker} />}
    {health.data && <Further health={health.data} />}
  </div>
)

function SilentServer({ problem, at }: { problem: string; at: number | null }) {
  return (
    <Note tone="bad" title={navigator.onLine ? text.silent : text.networkGone}>
      {problem}. {at === null ? text.silentNothing : text.silentOld(relative(at, localNow()))}
    </Note>
  )
}

let firstVersion: string | null = null

/** The pages are of the server that sent them: one of another version may tell more, or otherwise, than they understand. */
function OldPage({ version }: { version: string }) {
  firstVersion ??= version
  if (firstVersion === version) return null
  return (
    <Note
      tone="warn"
      title={text.updated(version)}
      actions={
        <Button small onClick={() => location.reload()}>
          {text.reload}
        </Button>
      }
    >
      {text.updatedWhy}
    </Note>
  )
}

function DownSources({ health: { status, sources } }: { health: Health }) {
  const now = useNow()
  const isOffline = status === 'offline'
  return (
    <Note tone={isOffline ? 'bad' : 'warn'} title={isOffline ? text.offline : text.degraded}>
      {isOffline ? text.offlineWhy : text.degradedWhy}
      <ul className="mt-1 list-disc pl-5">
        {sources.down.map(({ id, why, lastSuccessAt }) => (
          <li key={id}>
            <b>{id}</b>: {why};{' '}
            {lastSuccessAt ? text.lastAnswered(relative(Date.parse(lastSuccessAt), now)) : text.neverAnswered}
          </li>
        ))}
      </ul>
    </Note>
  )
}

/** Which open calls are not judged now, and why. */
function StaleFollowing({ tracker }: { tracker: Health['tracker'] }) {
  const now = useNow()
  return (
    <Note tone="warn">
      {followingSentence(tracker)}
      <ul className="mt-1 list-disc pl-5">
        {tracker.behind.map(({ token, source, knownUntil, why }) => (
          <li key={`${token} ${source}`}>
            <b>{token}</b> on {source}: {why ?? 'still being read'};{' '}
            {knownUntil ? `known until ${relative(Date.parse(knownUntil), now)}` : 'nothing known yet'}
          </li>
        ))}
      </ul>
    </Note>
  )
}

function Further({ health: { notices, data } }: { health: Health }) {
  // The banner says it louder.
  const { noted } = useLocalPreferences()
  const further = notices.filter(
    (notice) => !noted.includes(notice) && (data !== 'simulated' || !/simulated/i.test(notice)),
  )
  return further.map((notice) => (
    <Note key={notice} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
      <span className="flex-1">{notice}</span>
      <Button small look="quiet" onClick={() => prefer({ noted: [...noted.slice(-9), notice] })}>
        {text.noted}
      </Button>
    </Note>
  ))
}
