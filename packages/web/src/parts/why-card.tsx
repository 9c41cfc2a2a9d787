import { useState } from 'react'
import type { Clamp, Explanation, Recommendation } from '@pumpiq/domain'
import type { Asked } from '../data/asked.ts'
import { words } from '../words/show.ts'
import { CitedText, type Opening } from './cited-text.tsx'
import { FactorBars } from './factor-bars.tsx'
import { ReferenceCard } from './reference-card.tsx'

type Props = { call: Recommendation; explanation: Asked<Explanation> }

/** Why: the reasons, each number of which opens what it stands for, the factors, and what was held back. */
export function WhyCard({ call, explanation: { data, problem } }: Props) {
  const [open, setOpen] = useState<{ readonly id: string; readonly by: HTMLElement } | null>(null)
  const close = () => {
    setOpen(null)
    // Whoever closes it from within would else be left nowhere.
    if (open?.by.isConnected) open.by.focus()
  }
  const opening: Opening = {
    opened: open?.id ?? null,
    open(id, by) {
      if (id === open?.id) return close()
      // What is opened from within goes back to where the first was opened; the button that asked is gone with what it stood in.
      const within = by.closest<HTMLElement>('.opened')
      within?.focus()
      setOpen({ id, by: open && within ? open.by : by })
    },
  }
  return (
    <section
      className="card"
      aria-labelledby="reasons"
      onKeyDown={({ key }) => {
        if (key === 'Escape' && open) close()
      }}
    >
      <h2 id="reasons">
        Reasons <span className="faint small caption-note">{engineNote(call, data)}</span>
      </h2>
      <p className="reasoning">
        <CitedText text={call.reasoning} opening={data && opening} />
      </p>
      {data && open && <ReferenceCard id={open.id} told={data} opening={opening} close={close} />}
      {problem !== null && <p className="problem">What the references stand for could not be read: {problem}</p>}
      <WouldChange sentences={call.wouldChange ?? []} opening={data && opening} />
      <FactorBars factors={call.keyFactors} score={call.score} />
      <HeldBack clamps={call.clamps ?? []} />
    </section>
  )
}

/** Who wrote the words, and what that cost. */
function engineNote({ engine: { analyst, model, ending, costUsd } }: Recommendation, told: Explanation | null): string {
  if (model === null) return 'by rules; no language model was asked'
  const cost = costUsd === null ? 'cost not told' : `$${costUsd.toFixed(4)}`
  if (analyst === 'model') return `AI text by ${model}, ${cost}`
  const why =
    ending === 'answered' ? 'its answer was not of the agreed form' : (told?.model?.told ?? words(ending ?? ''))
  return `no AI text: ${why} (${model}, ${cost})`
}

const WouldChange = ({ sentences, opening }: { sentences: readonly string[]; opening: Opening | null }) =>
  sentences.length > 0 && (
    <>
      <h3>What would change it</h3>
      <ul className="plain">
        {sentences.map((sentence) => (
          <li key={sentence}>
            <CitedText text={sentence} opening={opening} />
          </li>
        ))}
      </ul>
    </>
  )

/** Which rule held what back, from what to what, in the order in which it did; what happened alike is counted. */
function HeldBack({ clamps }: { clamps: readonly Clamp[] }) {
  if (clamps.length === 0) return null
  const times = new Map<string, number>()
  for (const clamp of clamps) times.set(keyOf(clamp), (times.get(keyOf(clamp)) ?? 0) + 1)
  const once = clamps.filter((clamp, i) => clamps.findIndex((other) => keyOf(other) === keyOf(clamp)) === i)
  return (
    <>
      <h3>Held back</h3>
      <ul className="plain held-back">
        {once.map((clamp) => (
          <li key={keyOf(clamp)}>
            <b>{words(clamp.rule)}</b>: <bdi>{clamp.from}</bdi> became <bdi>{clamp.to}</bdi>, because{' '}
            <bdi>{clamp.why}</bdi>
            {times.get(keyOf(clamp)) !== 1 && ` (${times.get(keyOf(clamp))} times)`}
          </li>
        ))}
      </ul>
    </>
  )
}

const keyOf = ({ rule, from, to, why }: Clamp): string => JSON.stringify([rule, from, to, why])
