import type { ModelBudgets } from '@pumpiq/api'
import { figure } from '../../words/show.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'

const text = peopleTexts.model
type Props = { days: ModelBudgets['days']; usd: (amount: number) => string }

/** What was spent each day, newest first, with a bar beside the figure. */
export function SpendingDays({ days, usd }: Props) {
  const most = Math.max(...days.map((day) => day.usd), Number.MIN_VALUE)
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">{text.daysCaption}</caption>
      <thead className="text-xs text-ink-2">
        <tr className="border-b border-line">
          <th scope="col" className="py-1 text-left font-semibold">
            {text.dayColumn}
          </th>
          <th scope="col" colSpan={2} className="py-1 text-right font-semibold">
            {text.spent}
          </th>
          <th scope="col" className="py-1 text-right font-semibold">
            {text.refusedColumn}
          </th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, usd: spent, refused }) => (
          <tr key={day} className="border-b border-line last:border-0">
            <th scope="row" className="num py-1 text-left font-normal">
              {day}
            </th>
            <td className="w-2/5 px-3">
              <span
                aria-hidden="true"
                className="block h-2 rounded bg-accent"
                style={{ width: `${(spent / most) * 100}%` }}
              />
            </td>
            <td className="num py-1 text-right">{usd(spent)}</td>
            <td className="num py-1 text-right">{figure(refused)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
