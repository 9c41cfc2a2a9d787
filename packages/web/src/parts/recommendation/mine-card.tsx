import { useState } from 'react'
import type { FollowedRecommendation, FollowState } from '@pumpiq/api'
import type { Recommendation } from '@pumpiq/domain'
import { useAction } from '../../data/action.ts'
import type { Asked } from '../../data/asked.ts'
import { sayOf, type Saying } from '../../data/recommendations.ts'
import { Link, signInFromHere } from '../../paths.tsx'
import { signed } from '../../words/show.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { Fact } from '../kit/fact.tsx'
import { TextArea, TextField } from '../kit/field.tsx'
import { Problem } from '../kit/problem.tsx'
import { Skeleton } from '../kit/skeleton.tsx'
import { toast } from '../kit/toast.tsx'

type Props = { call: Recommendation; following: Asked<FollowedRecommendation>; isSignedIn: boolean }

/** Follow, pause, end or dismiss it, with a note and where one got in and out. The record is not touched by it. */
export function MineCard({ call, following, isSignedIn }: Props) {
  return (
    <Card title={text.mine} hint={text.mineHint}>
      {!isSignedIn && (
        <p className="text-sm">
          <Link to={signInFromHere()} className="text-accent underline">
            {text.signInFor}
          </Link>
        </p>
      )}
      {isSignedIn && <Problem asked={following} />}
      {isSignedIn && following.data === null && following.problem === null && <Skeleton rows={4} />}
      {isSignedIn && following.data && <Mine call={call} mine={following.data.mine} />}
    </Card>
  )
}

const states = ['following', 'paused', 'done', 'dismissed'] as const satisfies readonly FollowState[]

function Mine({ call, mine }: { call: Recommendation; mine: FollowedRecommendation['mine'] }) {
  const saying = useAction((body: Saying) => sayOf(call.id, body))
  const say = async (body: Saying) => {
    const isSaid = await saying.run(body)
    if (isSaid) toast(text.saved)
    return isSaid
  }
  return (
    <div className="grid gap-3">
      <div role="group" aria-label={text.mine} className="grid grid-cols-2 gap-2 sm:grid-cols-4 xl:grid-cols-2">
        {states.map((state) => (
          <Button
            key={state}
            look={mine?.state === state ? 'primary' : 'plain'}
            aria-pressed={mine?.state === state}
            busy={saying.busy}
            onClick={() => void say({ state })}
          >
            {text.states[state]}
          </Button>
        ))}
      </div>
      <p aria-live="polite" className="text-sm text-ink-2">
        {text.stateNow[mine?.state ?? 'none']}
        {mine?.returnPct != null && (
          <>
            {' '}
            {text.yourReturn}{' '}
            <Fact of="following" at="mine.returnPct">
              {signed(mine.returnPct)} %
            </Fact>
          </>
        )}
      </p>
      {saying.problem !== null && (
        <p role="alert" className="text-sm text-sell">
          {text.notSaved} {saying.problem}
        </p>
      )}
      <Details call={call} mine={mine} busy={saying.busy} say={say} />
    </div>
  )
}

type DetailsProps = {
  call: Recommendation
  mine: FollowedRecommendation['mine']
  busy: boolean
  say: (body: Saying) => Promise<boolean>
}
type Typed = { readonly note: string; readonly entered: string; readonly exited: string }

/** What is typed stays until it is saved, whatever is learnt meanwhile. */
function Details({ call, mine, busy, say }: DetailsProps) {
  const [typed, type] = useState<Partial<Typed>>({})
  const known: Typed = {
    note: mine?.note ?? '',
    entered: mine?.entered?.price ?? '',
    exited: mine?.exited?.price ?? '',
  }
  const shown = { ...known, ...typed }
  const isTrade = call.type === 'BUY' || call.type === 'SELL'
  const change = (name: keyof Typed) => (event: { target: { value: string } }) =>
    type({ ...typed, [name]: event.target.value })
  const problemOf = (said: string) =>
    said === '' || /^\d{1,15}(\.\d{1,18})?$/.test(said.trim()) ? null : text.badAmount
  const dealt = (name: 'entered' | 'exited') =>
    shown[name] === known[name] ? {} : { [name]: shown[name] === '' ? null : { price: shown[name].trim() } }
  const isChanged = Object.entries(shown).some(([name, said]) => said !== known[name as keyof Typed])
  const isSound = problemOf(shown.entered) === null && problemOf(shown.exited) === null
  const save = async () => {
    const note = shown.note === known.note ? {} : { note: shown.note.trim() === '' ? null : shown.note }
    if (await say({ ...note, ...dealt('entered'), ...dealt('exited') })) type({})
  }
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextArea
        label={text.note}
        hint={text.noteHint}
        rows={2}
        maxLength={500}
        value={shown.note}
        onChange={change('note')}
      />
      {isTrade && (
        <div className="grid grid-cols-2 gap-2">
          <TextField
            label={text.entered}
            inputMode="decimal"
            autoComplete="off"
            value={shown.entered}
            onChange={change('entered')}
            problem={problemOf(shown.entered)}
          />
          <TextField
            label={text.exited}
            inputMode="decimal"
            autoComplete="off"
            value={shown.exited}
            onChange={change('exited')}
            problem={problemOf(shown.exited)}
          />
        </div>
      )}
      <Button type="submit" className="justify-self-start" busy={busy} disabled={!isChanged || !isSound}>
        {text.save}
      </Button>
    </form>
  )
}
