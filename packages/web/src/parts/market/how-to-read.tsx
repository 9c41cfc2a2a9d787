import { marketTexts as text } from '../../words/texts/market.ts'
import { Card } from '../kit/card.tsx'

const meanings = [
  [text.columns.call, text.readCall],
  [text.edgeWord, text.readEdge],
  [text.columns.chance, text.readChance],
  [text.columns.evidence, text.readEvidence],
] as const

export const HowToRead = () => (
  <Card>
    <details>
      <summary className="min-h-6 font-semibold">{text.howToRead}</summary>
      <dl className="mt-3 grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[9rem_1fr]">
        {meanings.map(([word, meaning]) => (
          <div key={word} className="contents">
            <dt className="font-semibold">{word}</dt>
            <dd className="text-ink-2">{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  </Card>
)
