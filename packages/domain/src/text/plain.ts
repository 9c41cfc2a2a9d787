const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  rsquo: "'",
  lsquo: "'",
  ldquo: '"',
  rdquo: '"',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  euro: '€',
  pound: '£',
}

const longestEntity = 10

/** A text as it was meant: HTML entities decoded once, styled letters (mathematical bold and the like) made plain. */
export function plainText(text: string): string {
  const decoded = text.includes('&') ? decode(text) : text
  return decoded.includes('\ud835') ? decoded.normalize('NFKC') : decoded
}

function decode(text: string): string {
  let out = ''
  let from = 0
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    const end = text.slice(at, at + longestEntity + 2).indexOf(';')
    const meant = end < 0 ? null : characterOf(text.slice(at + 1, at + end))
    if (meant === null) continue
    out += text.slice(from, at) + meant
    from = at + end + 1
  }
  return out + text.slice(from)
}

function characterOf(entity: string): string | null {
  if (Object.hasOwn(entities, entity)) return entities[entity]!
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(entity) ?? []
  const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null
}
