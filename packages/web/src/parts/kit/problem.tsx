import type { Asked } from '../../data/asked.ts'
import { Link, signInFromHere } from '../../paths.tsx'
import { localNow } from '../../platform/clock.ts'
import { relative } from '../../words/show.ts'
import { stateTexts } from '../../words/texts/states.ts'
import { Button } from './button.tsx'
import { Note } from './note.tsx'

/** Why something could not be asked, how old what is shown is, and what can be done. Nothing where all went well. */
export function Problem<T>({ asked: { problem, code, data, at, again } }: { asked: Asked<T> }) {
  if (problem === null) return null
  const needsSignIn = code === 'unauthenticated'
  const title = needsSignIn
    ? stateTexts.signedOut
    : code === 'forbidden'
      ? stateTexts.forbidden
      : code === 'tooMany'
        ? stateTexts.tooMany
        : data === null
          ? stateTexts.notRead
          : stateTexts.notRefreshed
  return (
    <Note
      tone={code === 'forbidden' || needsSignIn ? 'info' : data === null ? 'bad' : 'warn'}
      title={title}
      className="mb-3"
      actions={
        needsSignIn ? (
          <Link to={signInFromHere()} className="font-semibold text-accent underline">
            {stateTexts.signIn}
          </Link>
        ) : (
          <Button small onClick={again}>
            {stateTexts.again}
          </Button>
        )
      }
    >
      {problem}. {data !== null && at !== null && stateTexts.shownFrom(relative(at, localNow()))}
    </Note>
  )
}
