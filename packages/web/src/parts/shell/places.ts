import { alertsPath, operationsPath, portfolioPath, recordPath, settingsPath, sourcesPath } from '../../paths.tsx'
import { shellTexts as text } from '../../words/texts/shell.ts'

type Place = { readonly to: string; readonly label: string; readonly short?: string }

export const mainPlaces: readonly Place[] = [
  { to: '/', label: text.market },
  { to: recordPath, label: text.record, short: text.recordShort },
  { to: portfolioPath, label: text.portfolio },
  { to: alertsPath, label: text.alerts },
]

export const furtherPlaces: readonly Place[] = [
  { to: sourcesPath, label: text.sources },
  { to: settingsPath, label: text.settings },
]

export const adminPlace: Place = { to: operationsPath, label: text.operations }

/** Whether a path is at a place or below it; what is told of tokens and calls belongs to the market. */
export const isAt = (path: string, place: string): boolean =>
  place === '/'
    ? path === '/' || /^\/(?:tokens|recommendations)\//.test(path)
    : path === place || path.startsWith(`${place}/`)
