import { figure, span, words } from './show.ts'

/** A setting as the published schema says it: what it is, what may stand in it, and what comes of it. */
export type SettingSpec = {
  /** `mode`, `trading.maxStopPct`. */
  readonly path: string
  readonly description: string
  readonly unit: string
  readonly effect: string
  readonly usual: unknown
  readonly shape: 'choice' | 'number' | 'numbers' | 'flag' | 'decimal' | 'weights'
  readonly options: readonly string[]
  /** How many figures it holds. */
  readonly count: number
  readonly least: number | null
  readonly most: number | null
  readonly whole: boolean
  /** It may be nothing: no bound, or as usual. */
  readonly nullable: boolean
}

type Node = Readonly<Record<string, unknown>>

/** Every setting of the schema, in its order. */
export function specsOf(schema: Node, before = ''): SettingSpec[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Node>>
  return Object.entries(properties).flatMap(([name, node]) =>
    'x-unit' in node ? [specOf(`${before}${name}`, node)] : specsOf(node, `${before}${name}.`),
  )
}

function specOf(path: string, node: Node): SettingSpec {
  const kinds = (node['anyOf'] as Node[] | undefined) ?? [node]
  const inner = kinds.find(({ type }) => type !== 'null') ?? node
  const items = (inner['prefixItems'] as Node[] | undefined) ?? []
  const bounded = items[0] ?? inner
  const number = (name: string): number | null => (typeof bounded[name] === 'number' ? bounded[name] : null)
  return {
    path,
    description: textOf(node['description']),
    unit: textOf(node['x-unit']),
    effect: textOf(node['x-effect']),
    usual: node['default'] ?? null,
    shape: shapeOf(inner),
    options: (inner['enum'] as string[] | undefined) ?? [],
    count: Math.max(1, items.length),
    least: number('minimum'),
    most: number('maximum'),
    whole: bounded['type'] === 'integer',
    nullable: kinds.length > 1,
  }
}

const textOf = (said: unknown): string => (typeof said === 'string' ? said : '')

function shapeOf({ type, enum: options }: Node): SettingSpec['shape'] {
  if (type === 'boolean') return 'flag'
  if (type === 'array') return 'numbers'
  if (type === 'object') return 'weights'
  if (type === 'string') return options === undefined ? 'decimal' : 'choice'
  return 'number'
}

/** What figures are typed in: times in seconds, probabilities in percent, all else in their own unit. */
export const typedUnit = ({ unit }: SettingSpec): { readonly unit: string; readonly factor: number } =>
  unit === 'ms'
    ? { unit: 'seconds', factor: 1_000 }
    : unit === 'probability'
      ? { unit: 'percent', factor: 0.01 }
      : { unit, factor: 1 }

const rounded = (value: number): number => Number(value.toPrecision(12))

/** The figures of a value as they are typed; an empty text for nothing. */
export function typedOf(spec: SettingSpec, value: unknown): string[] {
  const { factor } = typedUnit(spec)
  const one = (single: unknown) =>
    typeof single === 'number' ? String(rounded(single / factor)) : typeof single === 'string' ? single : ''
  const all = Array.isArray(value) ? value : [value]
  return Array.from({ length: spec.count }, (_, i) => one(all[i]))
}

export type Typed = { readonly value: unknown } | { readonly problem: string }

/** The value that typed figures mean; null for nothing typed: the choice is taken back. */
export function valueOf(spec: SettingSpec, typed: readonly string[]): Typed {
  const texts = typed.map((text) => text.trim())
  if (texts.every((text) => text === '')) return { value: null }
  if (texts.some((text) => text === '')) return { problem: `Fill in all ${spec.count}, or none.` }
  if (spec.shape === 'decimal')
    return /^(?:0|[1-9]\d{0,39})(?:\.\d{1,60})?$/.test(texts[0]!)
      ? { value: texts[0] }
      : { problem: 'A plain amount, such as 2500 or 2500.50.' }
  const { factor } = typedUnit(spec)
  const values = texts.map((text) => rounded(Number(text) * factor))
  const isBad = (value: number) =>
    !Number.isFinite(value) || value < (spec.least ?? -Infinity) || value > (spec.most ?? Infinity)
  if (values.some(isBad)) return { problem: `Allowed: ${rangeOf(spec)}.` }
  if (spec.whole && values.some((value) => !Number.isInteger(value))) return { problem: 'A whole number.' }
  return { value: spec.shape === 'numbers' ? values : values[0] }
}

/** What may be typed, in the unit it is typed in: "1 to 50", "30 to 86,400 seconds". */
export function rangeOf(spec: SettingSpec): string {
  const { least, most } = spec
  const { unit, factor } = typedUnit(spec)
  const said = (value: number) => figure(rounded(value / factor), 0, 6)
  if (spec.shape === 'decimal') return '0 and more'
  if (least !== null && most !== null) return `${said(least)} to ${said(most)}${unit === 'none' ? '' : ` ${unit}`}`
  if (least !== null) return `${said(least)} and more`
  return most === null ? '' : `${said(most)} and less`
}

/** A value as people read it: "5 min", "65 %", "60 – 85 percents of the curve". */
export function shownValue(spec: SettingSpec, value: unknown): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (spec.shape === 'weights')
    return Object.entries(value as Record<string, number>)
      .map(([kind, weight]) => `${kind} ${weight}`)
      .join(', ')
  if (Array.isArray(value)) return value.map((one) => figure(Number(one), 0, 6)).join(' / ')
  if (typeof value === 'number') return shownNumber(spec, value)
  if (typeof value !== 'string') return JSON.stringify(value)
  return spec.shape === 'decimal' ? figure(Number(value), 0, 8) : optionName(value)
}

/** "DAY_TRADE" -> "Day trade". */
export function optionName(option: string): string {
  const text = words(option)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function shownNumber({ unit }: SettingSpec, value: number): string {
  if (unit === 'probability') return `${figure(value * 100, 0, 4)} %`
  return unit === 'ms' ? span(value) : figure(value, 0, 6)
}
