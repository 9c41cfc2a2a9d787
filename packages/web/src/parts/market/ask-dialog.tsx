import { useEffect, useRef, useState } from 'react'
import { isFailure, type Token } from '@pumpiq/domain'
import type { Job } from '@pumpiq/api'
import { askForCall, cancelJob, type Question } from '../../data/ask.ts'
import { useAction } from '../../data/action.ts'
import { recommendationPath, useGo } from '../../paths.tsx'
import { localNow } from '../../platform/clock.ts'
import { askTexts as text } from '../../words/texts/market.ts'
import { Dialog } from '../kit/dialog.tsx'
import { AskFields, usualQuestion } from './ask-fields.tsx'
import { AskProgress, type Under } from './ask-progress.tsx'
import { Candidates, type Candidate } from './candidates.tsx'

type Props = {
  open: boolean
  onClose: () => void
  /** Where it is asked of one token, which that is. */
  token?: string
}

/**
 * A token in, its freshest sealed call or a new one out. What takes long says what it is doing; an ambiguous ticker is answered with what it
 * could mean. Nothing typed is lost when it fails.
 */
export function AskDialog({ open, onClose, token }: Props) {
  const [question, setQuestion] = useState<Question>({ ...usualQuestion, token: token ?? '' })
  const [under, setUnder] = useState<Under | null>(null)
  const [candidates, setCandidates] = useState<readonly Candidate[]>([])
  const abort = useRef<AbortController | null>(null)
  const go = useGo()
  useEffect(() => () => abort.current?.abort(), [])
  const { run, busy, problem, forget } = useAction(async (asked: Question) => {
    const own = (abort.current = new AbortController())
    const begun = { token: asked.token, since: localNow() }
    setCandidates([])
    setUnder({ ...begun, job: null })
    try {
      const onProgress = (job: Job) => setUnder({ ...begun, job })
      const { id } = await askForCall(asked, { abort: own.signal, onProgress })
      onClose()
      go?.(recommendationPath(id))
    } catch (thrown) {
      if (own.signal.aborted) return
      setCandidates(candidatesOf(thrown))
      throw thrown
    } finally {
      setUnder(null)
    }
  })
  const cancel = () => {
    abort.current?.abort()
    // What was begun on the server is not worth a word when it cannot be ended: it ends by itself.
    if (under?.job) cancelJob(under.job.id).catch(() => {})
  }
  const choose = (id: string) => {
    setQuestion({ ...question, token: id })
    void run({ ...question, token: id })
  }
  return (
    <Dialog title={text.title} open={open} onClose={onClose}>
      <AskFields
        question={question}
        fixed={token !== undefined}
        busy={busy}
        problem={problem}
        onChange={(change) => {
          forget()
          setCandidates([])
          setQuestion({ ...question, ...change })
        }}
        onAsk={() => void run({ ...question, token: question.token.trim() })}
      />
      {candidates.length > 0 && <Candidates candidates={candidates} onChoose={choose} />}
      {under && <AskProgress under={under} onCancel={cancel} />}
    </Dialog>
  )
}

const isCandidate = (one: unknown): one is Candidate =>
  ['id', 'symbol', 'name'].every(
    (name) => typeof (one as Partial<Record<string, keyof Token>> | null)?.[name] === 'string',
  )

const candidatesOf = (thrown: unknown): readonly Candidate[] =>
  (isFailure(thrown) ? (thrown.candidates ?? []) : []).filter(isCandidate)
