/** The languages there are texts in; the first is the one that has all of them. */
const languages = ['en'] as const
type Language = (typeof languages)[number]

/** The first of the reader's languages that there are texts in, else English. */
export const languageOf = (wanted: readonly string[]): Language =>
  wanted.map((tag) => tag.split('-')[0]).find((name): name is Language => languages.some((one) => one === name)) ?? 'en'

type Texts<T> = { readonly en: T } & { readonly [L in Language]?: T }

/**
 * The texts of one page or part in the reader's language: `texts({ en: { title: 'Market', found: (n: number) => `${n} found` } })`. What varies
 * is a function, so that a language may order its words as it likes. Another language is one more entry of the same shape.
 */
export const texts = <T>(all: Texts<T>): T => all[languageOf(globalThis.navigator?.languages ?? [])] ?? all.en
