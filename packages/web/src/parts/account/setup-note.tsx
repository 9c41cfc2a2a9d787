import { Link, setupPath } from '../../paths.tsx'
import { accountTexts as text } from '../../words/texts/accounts.ts'
import { Note } from '../kit/note.tsx'

/** Nobody administers this installation with an account yet. */
export const SetupNote = () => (
  <Note title={text.register.setup}>
    {text.register.setupWhy}{' '}
    <Link to={setupPath} className="font-semibold text-accent underline">
      {text.register.toSetup}
    </Link>
  </Note>
)
