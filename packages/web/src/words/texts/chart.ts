import { plural } from '../show.ts'
import { texts } from '../language.ts'

/** What stands on and around a chart of prices. */
export const chartTexts = texts({
  en: {
    loading: 'The chart is being loaded',
    failed: 'The chart could not be loaded; its figures stand in the table.',
    again: 'Try again',
    keys: 'Left and right read the candles, plus and minus zoom, Home goes back as far as there is, End to the newest.',
    summary: (symbol: string, count: number, interval: string, from: string, to: string) =>
      `${symbol}: ${plural(count, 'candle')} of ${interval}, ${from} to ${to}.`,
    range: (low: string, high: string, last: string) => `From ${low} to ${high}, last ${last} USD.`,
    noBars: 'No candle to draw.',
    credit: 'Charts by TradingView Lightweight Charts',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    earlier: 'Earlier',
    later: 'Later',
    newest: 'Newest',
    table: 'The figures as a table',
    tableOf: (symbol: string, interval: string) => `Candles of ${symbol}, ${interval}, newest first`,
    tableMore: (n: number) => `${n} more candles`,
    time: 'Open (UTC)',
    open: 'Open',
    high: 'High',
    low: 'Low',
    close: 'Close',
    volume: 'Volume',
    letters: { open: 'O', high: 'H', low: 'L', close: 'C', volume: 'V' },
    pins: 'What happened, at its time',
    pinGroup: (n: number, at: string) => `${plural(n, 'event')}, ${at}`,
    closePin: 'Close',
    loadingOlder: 'Older candles are being asked for',
    shown: 'Shown on the chart',
  },
})
