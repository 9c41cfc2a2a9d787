/** One thing done to an answer: which place, what, and a number more; any naturals. */
export type Mutation = { where: number; how: number; spare: number }

type Path = (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([key, member]) =>
      pathsOf(member, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ]
}

const hostileValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e15,
  1e308,
  5e-324,
  2 ** 53,
  '',
  ' ',
  '0',
  '-5',
  'NaN',
  'Infinity',
  '1e400',
  '1e16',
  '0x10',
  '1,5',
  'x',
  [],
  {},
  [[]],
  '9'.repeat(500),
  '<b>',
  '__proto__',
  '\u0000',
  '\ud800',
]

/** What may be done to a value: the vendor's own ones turned about, and hostile ones in their place. */
function turned(value: unknown, how: number, spare: number): unknown {
  if (Array.isArray(value) && value.length > 0) {
    const at = spare % value.length
    const other = (spare + 1) % value.length
    const swapped = value.map((item, i) => (i === at ? value[other] : i === other ? value[at] : item) as unknown)
    const ways = [
      value.toReversed(),
      swapped,
      value.toSpliced(at, 1),
      value.toSpliced(at, 0, value[at]),
      [],
      value.slice(0, at),
    ]
    if (how % 3 !== 0) return ways[how % ways.length]
  }
  if (typeof value === 'number' && how % 3 !== 0) {
    return [value * 1_000, value / 1_000, -value, String(value), value + 1, value * 10, value * 1e9][how % 7]
  }
  if (typeof value === 'string' && how % 3 !== 0) {
    return [
      Number(value),
      `-${value}`,
      `${value}0`,
      `1${value}`,
      value.slice(1),
      value.toLowerCase(),
      `${value} `,
      `0.${value}`,
    ][how % 8]
  }
  return hostileValues[spare % hostileValues.length]
}

function replaced(value: unknown, path: Path, make: (old: unknown) => unknown): unknown {
  const [head, ...rest] = path
  if (head === undefined) return make(value)
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === head ? replaced(item, rest, make) : item))
  return Object.fromEntries(
    Object.entries(value as object).map(([key, member]) => [
      key,
      key === head ? replaced(member, rest, make) : (member as unknown),
    ]),
  )
}

function withoutMember(value: unknown, path: Path): unknown {
  const last = path.at(-1)
  return replaced(value, path.slice(0, -1), (holder) =>
    Array.isArray(holder) || typeof holder !== 'object' || holder === null || last === undefined
      ? holder
      : Object.fromEntries(Object.entries(holder).filter(([key]) => key !== last)),
  )
}

/** The answer after the mutations, as a value or, when its text is broken, as text. */
export function mutated(answer: unknown, mutations: readonly Mutation[]): unknown {
  let value = answer
  for (const { where, how, spare } of mutations) {
    const paths = pathsOf(value)
    const path = paths[where % paths.length]!
    if (how % 29 === 0) {
      const text = JSON.stringify(value) ?? ''
      return (
        text.slice(0, where % (text.length + 1)) + (how % 2 === 0 ? '' : text.slice((where % (text.length + 1)) + 1))
      )
    }
    value = how % 11 === 0 ? withoutMember(value, path) : replaced(value, path, (old) => turned(old, how, spare))
  }
  return value
}

/** The answer with a member more in every object and a column more in every row, but for maps of the vendor's own names. */
export function withUnknownFields(answer: unknown, maps: readonly string[], name = ''): unknown {
  if (Array.isArray(answer)) {
    const items = answer.map((item: unknown) => withUnknownFields(item, maps))
    const isRow = items.length > 4 && items.every((item) => typeof item !== 'object')
    return isRow ? [...items, 'a column more'] : items
  }
  if (typeof answer !== 'object' || answer === null) return answer
  const members = Object.entries(answer).map(([key, member]) => [key, withUnknownFields(member, maps, key)] as const)
  return Object.fromEntries(maps.includes(name) ? members : [...members, ['aFieldMore', { of: ['the', 'future'] }]])
}
