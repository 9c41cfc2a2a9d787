import { useState } from 'react'
import { showInterval, showPrice } from '@pumpiq/domain'
import { instant } from '../../words/show.ts'
import { chartTexts as text } from '../../words/texts/chart.ts'
import { Button } from '../kit/button.tsx'
import { Table, Td, Th } from '../kit/table.tsx'
import type { ChartData } from './chart-words.ts'

const step = 50
const prices = ['open', 'high', 'low', 'close'] as const

/** The candles in figures, newest first, so many at a time; made when it is opened. */
export function BarTable({ bars, intervalMs, symbol }: Pick<ChartData, 'bars' | 'intervalMs'> & { symbol: string }) {
  const [isOpen, setOpen] = useState(false)
  const [count, setCount] = useState(step)
  const left = bars.length - count
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)} className="text-sm">
      <summary className="min-h-6 w-fit text-xs text-ink-2 underline">{text.table}</summary>
      {isOpen && (
        <div className="mt-2 grid gap-2">
          <Table caption={text.tableOf(symbol, showInterval(intervalMs))}>
            <thead>
              <tr>
                <Th>{text.time}</Th>
                {[...prices, 'volume' as const].map((name) => (
                  <Th key={name} right>
                    {text[name]}
                  </Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {bars
                .slice(-count)
                .toReversed()
                .map((bar) => (
                  <tr key={bar.at}>
                    <Td className="whitespace-nowrap">{instant(new Date(bar.at).toISOString())}</Td>
                    {prices.map((name) => (
                      <Td key={name} right>
                        {showPrice(bar[name])}
                      </Td>
                    ))}
                    <Td right>{Number(bar.volume).toLocaleString('en', { maximumFractionDigits: 2 })}</Td>
                  </tr>
                ))}
            </tbody>
          </Table>
          {left > 0 && (
            <Button small className="w-fit" onClick={() => setCount(count + step)}>
              {text.tableMore(left)}
            </Button>
          )}
        </div>
      )}
    </details>
  )
}
