import { useState, type ReactNode } from 'react'
import type { Recommendation } from '@pumpiq/domain'
import type { RecommendationInputs } from '@pumpiq/api'
import { sentenceOf } from '../../data/asked.ts'
import { Link, recordPath } from '../../paths.tsx'
import { figure, words } from '../../words/show.ts'
import { evidenceTexts as text } from '../../words/texts/evidence.ts'
import { verifyInputs, verifySeal, type Verdict } from '../../words/verify.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { toast } from '../kit/toast.tsx'
import { Of, Row, Rows } from './rows.tsx'

/** `inputs`: null where they could not be read, undefined while they are. */
type Props = { call: Recommendation; inputs: RecommendationInputs | null | undefined }

/** The seal, how to check it here and how to decide the call again, and what made it. */
export function RecordCard({ call, inputs }: Props) {
  return (
    <Card title={text.record} hint={text.recordHint}>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid content-start gap-5">
          {call.seal ? <Hashes call={call} seal={call.seal} /> : <p className="text-sm">{text.notSealed}</p>}
          <Engine call={call} />
        </div>
        <div className="grid content-start gap-5">
          {call.seal && <Verify call={call} inputs={inputs} />}
          <Replay call={call} />
          <Documents id={call.id} />
        </div>
      </div>
    </Card>
  )
}

function Hashes({ call, seal }: { call: Recommendation; seal: NonNullable<Recommendation['seal']> }) {
  const hashes = [
    [text.hash, 'seal.hash', seal.hash],
    [text.prevHash, 'seal.prevHash', seal.prevHash],
    [text.inputs, 'inputsHash', call.inputsHash],
  ] as const
  return (
    <dl className="grid gap-2 text-sm">
      <div>
        <dt className="text-xs text-ink-3">{text.sealRecord}</dt>
        <dd className="num text-xl font-semibold">
          <Of at="seal.seq">{seal.seq}</Of>
        </dd>
      </div>
      {hashes.map(([name, at, hash]) => (
        <div key={at}>
          <dt className="text-xs text-ink-3">{name}</dt>
          <dd className="font-mono text-xs break-all">
            <Of at={at}>{hash}</Of>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Engine({ call: { engine } }: { call: Recommendation }) {
  const { version, analyst, model, ending, tokens, costUsd, promptHash } = engine
  return (
    <Rows>
      <Row name={text.engine}>
        <Of at="engine.version">{version}</Of>
      </Row>
      <Row name={text.analyst}>{analyst}</Row>
      <Row name={text.model}>
        {model === null ? (
          text.noModel
        ) : (
          <bdi>
            <Of at="engine.model">{model}</Of>
          </bdi>
        )}
      </Row>
      {model !== null && (
        <>
          {ending !== undefined && <Row name={text.ending}>{words(ending)}</Row>}
          <Row name={text.tokens}>
            {tokens === null ? text.notTellable : <Of at="engine.tokens">{figure(tokens)}</Of>}
          </Row>
          <Row name={text.cost}>
            {costUsd === null ? text.notTellable : <Of at="engine.costUsd">${costUsd.toFixed(4)}</Of>}
          </Row>
          {promptHash !== null && (
            <Row name={text.prompt}>
              <span className="font-mono text-xs break-all">
                <Of at="engine.promptHash">{promptHash}</Of>
              </span>
            </Row>
          )}
        </>
      )}
    </Rows>
  )
}

type Found = { readonly seal: Verdict; readonly inputs: Verdict | null } | { readonly fault: string }

/** Computed here, of what is shown: the server is not believed, it is checked. */
function Verify({ call, inputs }: Props) {
  const [found, setFound] = useState<Found | null>(null)
  const [busy, setBusy] = useState(false)
  const verify = async () => {
    setBusy(true)
    try {
      const checked = inputs ? await verifyInputs(inputs.brief, call.inputsHash) : null
      setFound({ seal: await verifySeal(call), inputs: checked })
    } catch (thrown) {
      setFound({ fault: sentenceOf(thrown) })
    }
    setBusy(false)
  }
  return (
    <section className="grid gap-2">
      <Button
        look="primary"
        className="justify-self-start"
        busy={busy}
        disabled={inputs === undefined}
        onClick={() => void verify()}
      >
        {busy ? text.verifying : text.verify}
      </Button>
      <div aria-live="polite" className="grid gap-2 text-sm">
        {found ? (
          <Result found={found} />
        ) : (
          <p className="text-xs text-ink-3" data-plain>
            {text.verifyHint}
          </p>
        )}
      </div>
    </section>
  )
}

function Result({ found }: { found: Found }) {
  if ('fault' in found) return <Verdicts isGood={false}>{`${text.cannotVerify} ${found.fault}.`}</Verdicts>
  const { seal, inputs } = found
  return (
    <>
      <Verdicts isGood={seal.holds} computed={seal.computed}>
        {seal.holds ? text.sealGood : text.sealBad}
      </Verdicts>
      {inputs ? (
        <Verdicts isGood={inputs.holds} computed={inputs.computed}>
          {inputs.holds ? text.inputsGood : text.inputsBad}
        </Verdicts>
      ) : (
        <Verdicts isGood={false}>{text.inputsNone}</Verdicts>
      )}
    </>
  )
}

const Verdicts = ({ isGood, computed, children }: { isGood: boolean; computed?: string; children: ReactNode }) => (
  <p className={`rounded-lg px-3 py-2 ${isGood ? 'bg-buy-soft text-buy' : 'bg-sell-soft text-sell'}`} data-plain>
    <b>
      {isGood ? '✓' : '✕'} {children}
    </b>
    {computed !== undefined && (
      <span className="mt-0.5 block text-xs break-all">
        {text.computed}: <code>{computed}</code>
      </span>
    )}
  </p>
)

/** The command that decides it again; the installation it came from is named by nothing but its own folder. */
function Replay({ call: { id, labels } }: { call: Recommendation }) {
  const command = `npx pumpiq replay ${id}${labels.includes('SIMULATED') ? ' --demo' : ''}`
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command)
      toast(text.commandCopied)
    } catch (thrown) {
      toast(sentenceOf(thrown), 'bad')
    }
  }
  return (
    <section className="grid gap-2">
      <h3>{text.replay}</h3>
      <p className="text-xs text-ink-3" data-plain>
        {text.replayHint}
      </p>
      <code className="rounded-lg border border-line bg-raised px-3 py-2 text-xs break-all select-all">{command}</code>
      <Button small className="justify-self-start" onClick={() => void copy()}>
        {text.copyCommand}
      </Button>
    </section>
  )
}

function Documents({ id }: { id: string }) {
  const path = `/api/v1/recommendations/${encodeURIComponent(id)}`
  const look = 'text-accent underline'
  return (
    <p className="text-xs text-ink-2">
      <a href={path} className={look}>
        {text.json}
      </a>
      ,{' '}
      <a href={`${path}/inputs`} className={look}>
        {text.inputsJson}
      </a>
      ,{' '}
      <a href={`${path}/explanation`} className={look}>
        {text.explanationJson}
      </a>
      .{' '}
      <Link to={recordPath} className={look}>
        {text.chain}
      </Link>
    </p>
  )
}
