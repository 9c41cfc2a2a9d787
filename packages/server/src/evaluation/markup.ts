/** HTML that was made by `html` and needs no more escaping. */
export type Markup = { readonly markup: string }

type Part = Markup | string | number | null | readonly Part[]

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it is shown: nothing in it is a tag, an attribute's end or a sign that turns the line round. */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd')
    .replaceAll(/[&<>"']/g, (sign) => signs[sign]!)

function shown(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(shown).join('')
}

/** A template of markup: whatever is put in is text, unless it is markup itself. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: texts.map((text, i) => text + (i < parts.length ? shown(parts[i]!) : '')).join(''),
})
