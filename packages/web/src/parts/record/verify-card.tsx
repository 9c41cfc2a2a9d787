import { useRef, useState, type DragEvent } from 'react'
import type { ExportVerdict, Health } from '@pumpiq/api'
import { sentenceOf } from '../../data/asked.ts'
import { verifyFile, verifyServed, type Progress } from '../../data/ledger.ts'
import { figure } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { Note } from '../kit/note.tsx'
import { VerdictNote } from './verdict-note.tsx'

type State =
  | { readonly is: 'idle' }
  | { readonly is: 'at work'; readonly of: string; readonly progress: Progress }
  | { readonly is: 'done'; readonly of: string; readonly verdict: ExportVerdict }
  | { readonly is: 'failed'; readonly why: string }

type Manner = Parameters<typeof verifyServed>[0]

/** The chain computed anew by who reads it: what the server gives, or a file, of which nobody is asked anything. */
export function VerifyCard({ head }: { head: Health['ledger'] | null }) {
  const { state, run, stop } = useVerification()
  const isAtWork = state.is === 'at work'
  return (
    <Card title={text.verify} hint={text.verifyHint}>
      <p className="max-w-[75ch] text-sm text-ink-2">
        <span data-plain>{text.verifyWhy}</span>
      </p>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button look="primary" busy={isAtWork} onClick={() => run(text.ofServer, verifyServed)}>
          {text.verifyHere}
        </Button>
        <a
          href="/api/v1/ledger/export"
          download="pumpiq-ledger.jsonl"
          className="inline-flex min-h-10 items-center px-2 text-sm font-semibold text-accent underline underline-offset-2"
        >
          {text.download}
        </a>
        {isAtWork && (
          <Button look="quiet" onClick={stop}>
            {text.stop}
          </Button>
        )}
      </div>
      <DropFile isOff={isAtWork} onFile={(file) => run(file.name, (manner) => verifyFile(file, manner))} />
      <div className="mt-3" aria-live="polite">
        <Told state={state} />
      </div>
      <Alone head={head} />
    </Card>
  )
}

function useVerification() {
  const [state, setState] = useState<State>({ is: 'idle' })
  const abort = useRef<AbortController>(null)
  const run = (of: string, verify: (manner: Manner) => Promise<ExportVerdict>) => {
    const own = new AbortController()
    abort.current = own
    const onProgress = (progress: Progress) => setState({ is: 'at work', of, progress })
    onProgress({ records: 0, share: 0 })
    verify({ onProgress, abort: own.signal }).then(
      (verdict) => setState({ is: 'done', of, verdict }),
      (thrown: unknown) => setState(own.signal.aborted ? { is: 'idle' } : { is: 'failed', why: sentenceOf(thrown) }),
    )
  }
  return { state, run, stop: () => abort.current?.abort() }
}

function Told({ state }: { state: State }) {
  if (state.is === 'idle') return null
  if (state.is === 'failed')
    return (
      <Note tone="bad" title={text.notVerified}>
        {state.why}
      </Note>
    )
  if (state.is === 'done') return <VerdictNote of={state.of} verdict={state.verdict} />
  const { records, share } = state.progress
  return (
    <div className="grid gap-1 text-sm">
      <span data-plain className="num">
        {text.checking(records)}
      </span>
      <progress
        aria-label={text.checking(records)}
        value={share ?? undefined}
        max={1}
        className="h-2 w-full accent-accent"
      />
    </div>
  )
}

function DropFile({ isOff, onFile }: { isOff: boolean; onFile: (file: File) => void }) {
  const [isOver, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(is)
  }
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file && !isOff) onFile(file)
  }
  return (
    <div
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event)
        take(event.dataTransfer.files)
      }}
      className={`mt-4 flex flex-wrap items-center gap-3 rounded-lg border-2 border-dashed p-4 text-sm ${isOver ? 'border-accent bg-raised' : 'border-line-2'}`}
    >
      <span>{text.drop}</span>
      <Button small disabled={isOff} onClick={() => input.current?.click()}>
        {text.choose}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".jsonl,.ndjson,.json,.txt"
        aria-label={text.choose}
        onChange={({ target }) => {
          take(target.files)
          // The same file again, altered meanwhile, is another choice.
          target.value = ''
        }}
      />
    </div>
  )
}

/** The same without this page. */
function Alone({ head }: { head: Health['ledger'] | null }) {
  return (
    <dl className="mt-3 grid gap-3 text-xs text-ink-2">
      <div>
        <dt>{text.byLine}</dt>
        <dd className="mt-0.5 font-mono text-ink wrap-anywhere">
          <code>npx pumpiq verify --export pumpiq-ledger.jsonl</code>
        </dd>
      </div>
      <div>
        <dt>{text.judge}</dt>
        <dd className="mt-0.5 font-mono text-ink wrap-anywhere">
          <code>npx pumpiq judge --recommendation FILE --candles FILE</code>
        </dd>
      </div>
      {head && (
        <div>
          <dt>{text.noteHead}</dt>
          <dd className="mt-0.5 font-mono text-ink wrap-anywhere">
            <code>
              {figure(head.seq)}:{head.hash}
            </code>
          </dd>
        </div>
      )}
    </dl>
  )
}
