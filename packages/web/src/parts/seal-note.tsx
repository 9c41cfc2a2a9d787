import { useState } from 'react'
import type { Recommendation } from '@pumpiq/domain'
import type { RecommendationInputs } from '@pumpiq/api'
import { sentenceOf } from '../data/asked.ts'
import { verifyInputs, verifySeal, type Verdict } from '../words/verify.ts'

type Found = { readonly seal: Verdict; readonly inputs: Verdict | null } | { readonly fault: string }

/** The seal, and a button that computes it again here: the server is not believed, it is checked. */
export function SealNote({ call, inputs }: { call: Recommendation; inputs: RecommendationInputs | null }) {
  const [found, setFound] = useState<Found | null>(null)
  const verify = async () => {
    try {
      setFound({ seal: await verifySeal(call), inputs: inputs && (await verifyInputs(inputs.brief, call.inputsHash)) })
    } catch (thrown) {
      setFound({ fault: sentenceOf(thrown) })
    }
  }
  const { seal, inputsHash, engine, id } = call
  return (
    <section className="card seal" aria-labelledby="seal">
      <div>
        <h2 id="seal">Seal</h2>
        {seal ? (
          <dl className="hashes">
            <dt>Record</dt>
            <dd className="num">{seal.seq}</dd>
            <dt>Hash</dt>
            <dd>
              <code>{seal.hash}</code>
            </dd>
            <dt>Before it</dt>
            <dd>
              <code>{seal.prevHash}</code>
            </dd>
            <dt>Inputs</dt>
            <dd>
              <code>{inputsHash}</code>
            </dd>
          </dl>
        ) : (
          <p>Not sealed: this document is not part of the record.</p>
        )}
        <p className="faint small">
          Engine {engine.version}, analyst {engine.analyst}
          {engine.model === null ? ', no language model' : `, ${engine.model}`}.{' '}
          <a href={`/api/v1/recommendations/${encodeURIComponent(id)}`}>This document as JSON</a>,{' '}
          <a href={`/api/v1/recommendations/${encodeURIComponent(id)}/inputs`}>its inputs</a>.
        </p>
      </div>
      {seal && (
        <div className="verify">
          <button type="button" className="primary" onClick={() => void verify()}>
            Verify in this browser
          </button>
          <div aria-live="polite">{found ? <Result found={found} /> : <p className="faint small">{method}</p>}</div>
        </div>
      )}
    </section>
  )
}

const method = 'Computes SHA-256 over the hash before it, a newline and the canonical JSON of what this page shows.'

function Result({ found }: { found: Found }) {
  if ('fault' in found) return <p className="verdict-bad">✕ It cannot be verified here: {found.fault}.</p>
  const { seal, inputs } = found
  return (
    <>
      <Line
        verdict={seal}
        good="This is what was sealed."
        bad="This is not what was sealed: the document was altered."
      />
      {inputs ? (
        <Line
          verdict={inputs}
          good="These are the inputs it was decided from."
          bad="These are not the inputs it was decided from."
        />
      ) : (
        <p className="verdict-bad">✕ The inputs could not be read, so they were not checked.</p>
      )}
    </>
  )
}

const Line = ({ verdict, good, bad }: { verdict: Verdict; good: string; bad: string }) => (
  <p className={verdict.holds ? 'verdict-good' : 'verdict-bad'}>
    {verdict.holds ? `✓ ${good}` : `✕ ${bad}`} <code className="small block">{verdict.computed}</code>
  </p>
)
