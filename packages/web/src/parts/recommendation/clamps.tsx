import type { Clamp } from '@pumpiq/domain'
import { words } from '../../words/show.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { Fact } from '../kit/fact.tsx'
import { Plain } from './rows.tsx'

type Props = { of: string; at: string; clamps: readonly Clamp[] }

/** Which rule held what back, from what to what, in the order in which it did; what happened alike is counted. */
export function Clamps({ of, at, clamps }: Props) {
  const first = clamps.map((clamp) => clamps.findIndex((other) => keyOf(other) === keyOf(clamp)))
  const once = [...new Set(first)]
  return (
    <ul className="grid gap-1.5 text-sm">
      {once.map((index) => {
        const { rule, from, to, why } = clamps[index]!
        const times = first.filter((one) => one === index).length
        const fact = (name: keyof Clamp, shown: string) => (
          <Fact of={of} at={`${at}.${index}.${name}`}>
            <bdi>{shown}</bdi>
          </Fact>
        )
        return (
          <li key={index} className="border-l-2 border-avoid pl-2.5">
            <b>{words(rule)}</b>: <span className="num">{fact('from', from)}</span> {text.became}{' '}
            <span className="num">{fact('to', to)}</span>, {text.because} {fact('why', why)}
            {times > 1 && <Plain>{text.times(times)}</Plain>}
          </li>
        )
      })}
    </ul>
  )
}

const keyOf = ({ rule, from, to, why }: Clamp): string => JSON.stringify([rule, from, to, why])
