import type { Kind } from '@pumpiq/domain'
import type { Source } from './source.ts'

/** A source that is not asked, for which kinds it would have spoken, and why it does not. */
export type Off = { readonly id: string; readonly kinds: readonly Kind[]; readonly why: string }

/** What the operator said of a source by name: true on, false off. */
export type Choice = Readonly<Record<string, boolean>>

export const keyName = (id: string): string => `${id.toUpperCase().replaceAll('-', '_')}_API_KEY`

/** Which sources are asked: those without a key or with theirs, less those that must be asked for or were switched off. */
export function switchedSources(
  all: readonly Source[],
  keys: Readonly<Record<string, unknown>>,
  choice: Choice,
): { on: readonly Source[]; off: readonly Off[] } {
  const reasons = all.map((source) => ({ source, why: whyOff(source, keys, choice) }))
  return {
    on: reasons.filter(({ why }) => why === null).map(({ source }) => source),
    off: reasons.flatMap(({ source, why }) => (why === null ? [] : [{ id: source.id, kinds: kindsOf(source), why }])),
  }
}

function whyOff({ id, key, optIn }: Source, keys: Readonly<Record<string, unknown>>, choice: Choice): string | null {
  if (choice[id] === false) return 'switched off by PUMPIQ_SOURCES'
  if (optIn !== undefined && choice[id] !== true) return `${optIn}; PUMPIQ_SOURCES=+${id} switches it on`
  if (key !== 'none' && key.required && !(id in keys)) return `needs ${keyName(id)}`
  return null
}

/** The kinds that a source speaks for; candles and prices are technical. */
export const kindsOf = ({ feeds, watches = [], streams }: Source): Kind[] => [
  ...new Set<Kind>([
    ...(feeds.candles || feeds.price ? (['technical'] as const) : []),
    ...(streams?.tokens ? (['onchain'] as const) : []),
    ...watches.map(({ kind }) => kind),
  ]),
]

/** What a page says of each source. */
export const cardsOf = (all: readonly Source[], off: readonly Off[]) =>
  all.map((source) => ({
    id: source.id,
    docs: source.docs,
    feeds: [...Object.keys(source.feeds), ...(source.watches ?? []).map(({ name }) => name)],
    kinds: kindsOf(source),
    off: off.find(({ id }) => id === source.id)?.why ?? null,
  }))

/** The same, with what only those who run it need: whether a source takes a key and has one, and what it tells by itself. */
export const adminCardsOf = (all: readonly Source[], off: readonly Off[], keys: Readonly<Record<string, unknown>>) =>
  cardsOf(all, off).map((card, i) => {
    const { key, streams } = all[i]!
    return {
      ...card,
      key: key === 'none' ? key : key.required ? ('required' as const) : ('optional' as const),
      hasKey: card.id in keys,
      tells: (['candles', 'tokens'] as const).filter((what) => streams?.[what]),
    }
  })
