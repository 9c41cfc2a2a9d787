/** The code of a file with comments blanked out, and with the contents of strings blanked out too; lengths and lines stay. */
export type Masked = { readonly code: string; readonly bare: string }

const blank = (text: string): string => text.replace(/[^\n]/g, ' ')

// A slash behind one of these begins a regular expression, behind anything else it divides.
const beforeRegex = /(^|[=(,:;[{}!&|?+\-*%~^>]|\b(return|typeof|case|in|of|void|delete|throw|await|yield|else|do))\s*$/

const tokens = {
  comment: /\/\/[^\n]*|\/\*[\s\S]*?\*\//y,
  string: /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y,
  regex: /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
  templateText: /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y,
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

/** A small scanner rather than a parser: TypeScript 7 has no compiler API to ask. Templates keep the code inside `${}`. */
export function mask(text: string): Masked {
  let code = ''
  let bare = ''
  const put = (piece: string, inCode: string, inBare: string): number => {
    code += inCode
    bare += inBare
    return piece.length
  }
  const open: ('template' | 'brace')[] = []
  const templateRest = (at: number): number => {
    const piece = match(tokens.templateText, text, at) ?? ''
    const length = put(piece, piece, blank(piece))
    const end = at + length
    if (text[end] === '`') return length + put('`', '`', '`')
    if (text[end] !== '$') return length
    open.push('template')
    return length + put('${', '${', '${')
  }
  for (let at = 0; at < text.length;) {
    const char = text[at]!
    const comment = char === '/' ? match(tokens.comment, text, at) : null
    const string = char === "'" || char === '"' ? match(tokens.string, text, at) : null
    const regex = char === '/' && !comment && beforeRegex.test(bare.slice(-40)) ? match(tokens.regex, text, at) : null
    if (comment) at += put(comment, blank(comment), blank(comment))
    else if (string) at += put(string, string, string[0] + blank(string.slice(1, -1)) + string[0])
    else if (regex) at += put(regex, regex, blank(regex))
    else if (char === '`') {
      at += put(char, char, char)
      at += templateRest(at)
    } else {
      at += put(char, char, char)
      if (char === '{') open.push('brace')
      if (char === '}' && open.pop() === 'template') at += templateRest(at)
    }
  }
  return { code, bare }
}
