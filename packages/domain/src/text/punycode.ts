/** RFC 3492, section 5. */
const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700
const initialBias = 72
const initialN = 128

function adapt(delta: number, points: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / damp) : delta >> 1
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > ((base - tMin) * tMax) >> 1; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}

const digitOf = (code: number): number =>
  code >= 0x30 && code <= 0x39 ? code - 0x16 : code >= 0x61 && code <= 0x7a ? code - 0x61 : base

/** What follows `xn--` in a label of a host, as it is drawn; null for what is no such text. */
export function fromPunycode(text: string): string | null {
  const split = text.lastIndexOf('-')
  const output = Array.from(text.slice(0, Math.max(0, split)), (character) => character.codePointAt(0)!)
  let n = initialN
  let i = 0
  let bias = initialBias
  for (let at = split + 1; at < text.length;) {
    const before = i
    for (let weight = 1, k = base; ; k += base) {
      const digit = digitOf(text.charCodeAt(at++))
      if (digit >= base || at > text.length) return null
      i += digit * weight
      const t = Math.min(tMax, Math.max(tMin, k - bias))
      if (digit < t) break
      weight *= base - t
    }
    const points = output.length + 1
    bias = adapt(i - before, points, before === 0)
    n += Math.floor(i / points)
    i %= points
    if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return null
    output.splice(i++, 0, n)
  }
  return String.fromCodePoint(...output)
}
