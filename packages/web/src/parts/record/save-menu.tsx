import { useQueryClient } from '@tanstack/react-query'
import type { BreakdownBy } from '@pumpiq/api'
import { answersOf, type Part } from '../../data/performance.ts'
import { saveFile } from '../../platform/save-file.ts'
import { csvOf } from '../../words/csv.ts'
import { recordTexts as text } from '../../words/texts/record.ts'
import { Button } from '../kit/button.tsx'
import { toast } from '../kit/toast.tsx'
import { endingsCsv, groupsCsv } from './save-rows.ts'

/** What is shown as files, from the API's answers themselves: nothing is asked or computed for them. */
export function SaveMenu({ part, by }: { part: Part; by: BreakdownBy }) {
  const queries = useQueryClient()
  const save = (name: string, type: string, content: string) => {
    saveFile(`pumpiq-record-${part.timeframe.toLowerCase()}-${part.period}${name}`, type, content)
    toast(text.saved)
  }
  const told = () => answersOf(queries, part, by)
  return (
    <div role="group" aria-label={text.save} className="flex flex-wrap gap-1.5">
      <Button small onClick={() => save('.json', 'application/json', `${JSON.stringify(told(), null, 2)}\n`)}>
        {text.saveJson}
      </Button>
      <Button small onClick={() => save('-calls.csv', 'text/csv', csvOf(endingsCsv(told().endings ?? [])))}>
        {text.saveCsv}
      </Button>
      <Button small onClick={() => save(`-by-${by}.csv`, 'text/csv', csvOf(groupsCsv(told().breakdown?.groups ?? [])))}>
        {text.saveGroups}
      </Button>
    </div>
  )
}
