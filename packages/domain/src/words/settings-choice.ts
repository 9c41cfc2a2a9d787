import { z } from 'zod'
import type { Settings } from './settings.ts'
import { aloneSettings, settingGroups } from './settings-shape.ts'
import { ModeSaid, RiskToleranceSaid, TimeframeSaid } from './settings-said.ts'

type Shape = Readonly<Record<string, z.ZodType>>
type Patched<S extends Shape> = { -readonly [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]>> }
type Chosen<S extends Shape> = { -readonly [K in keyof S]: z.ZodOptional<S[K]> }

const each = (shape: Shape, change: (schema: z.ZodType) => z.ZodType): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, change(schema)]))
const patched = <S extends Shape>(shape: S) =>
  z.strictObject(each(shape, (schema) => schema.nullable().optional()) as Patched<S>)
const chosen = <S extends Shape>(shape: S) => z.strictObject(each(shape, (schema) => schema.optional()) as Chosen<S>)

const said = { ...aloneSettings, mode: ModeSaid, riskTolerance: RiskToleranceSaid, timeframe: TimeframeSaid }
const { portfolio, costs, trading, tokens, refreshMs, ttlMs, model } = settingGroups

/** A change: what is not named stays, null takes a choice back, a group that is null all its choices. */
export const SettingsPatch = patched(said).extend({
  portfolio: patched(portfolio).nullable().optional(),
  costs: patched(costs).nullable().optional(),
  trading: patched(trading).nullable().optional(),
  tokens: patched(tokens).nullable().optional(),
  refreshMs: patched(refreshMs).nullable().optional(),
  ttlMs: patched(ttlMs).nullable().optional(),
  model: patched(model).nullable().optional(),
})
export type SettingsPatch = z.output<typeof SettingsPatch>

/** What a level says itself: only what it has chosen. */
export const SettingsChoice = chosen(aloneSettings).extend({
  portfolio: chosen(portfolio).optional(),
  costs: chosen(costs).optional(),
  trading: chosen(trading).optional(),
  tokens: chosen(tokens).optional(),
  refreshMs: chosen(refreshMs).optional(),
  ttlMs: chosen(ttlMs).optional(),
  model: chosen(model).optional(),
})
export type SettingsChoice = z.output<typeof SettingsChoice>

type Groups = typeof settingGroups
type GroupPath = { [G in keyof Groups]: `${G}.${Extract<keyof Groups[G], string>}` }[keyof Groups]
/** A setting by name: `mode`, `trading.maxStopPct`. */
export type SettingPath = keyof typeof aloneSettings | GroupPath

export const settingPaths: readonly SettingPath[] = [
  ...Object.keys(aloneSettings),
  ...Object.entries(settingGroups).flatMap(([group, shape]) => Object.keys(shape).map((name) => `${group}.${name}`)),
] as SettingPath[]

type Document = SettingsPatch | SettingsChoice | Settings

/** Undefined: nothing is said of it. Null is a value of some settings, and in a patch takes a choice back. */
export function settingAt(document: Document, path: SettingPath): unknown {
  const [first, second] = path.split('.') as [string, string?]
  const found = (document as Record<string, unknown>)[first]
  if (second === undefined || found === undefined) return found
  return found === null ? null : (found as Record<string, unknown>)[second]
}

/** A document of the given values; those that are undefined are left out, and groups with them. */
export function settingsOf(values: (path: SettingPath) => unknown): Record<string, unknown> {
  const document: Record<string, unknown> = {}
  for (const path of settingPaths) {
    const value = values(path)
    if (value === undefined) continue
    const [first, second] = path.split('.') as [string, string?]
    if (second === undefined) document[first] = value
    else document[first] = { ...(document[first] as object | undefined), [second]: value }
  }
  return document
}

/** What stands once a change is made: what it names counts, null leaves nothing chosen. */
export const withPatch = (choice: SettingsChoice, patch: SettingsPatch): SettingsChoice =>
  settingsOf((path) => {
    const change = settingAt(patch, path)
    return change === undefined ? settingAt(choice, path) : (change ?? undefined)
  })

/** The schema of all settings for other programs: JSON Schema, with units, effects and defaults. */
export function settingsJsonSchema(settings: z.ZodType, defaults: Settings): Record<string, unknown> {
  const schema = z.toJSONSchema(settings, { target: 'draft-2020-12', io: 'input' }) as Record<string, unknown>
  const named = (one: Record<string, unknown>) => one['properties'] as Record<string, Record<string, unknown>>
  for (const path of settingPaths) {
    const [first, second] = path.split('.') as [string, string?]
    const leaf = second === undefined ? named(schema)[first]! : named(named(schema)[first]!)[second]!
    leaf['default'] = settingAt(defaults, path)
  }
  return { ...schema, $id: 'urn:pumpiq:settings', title: 'PumpIQ settings' }
}
