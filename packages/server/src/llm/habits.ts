import { jsonModes, type Host, type JsonMode } from './hosts.ts'
import type { Feature } from './wire.ts'

/** How a model at its server can be asked, as far as it has shown. */
export type Habit = { readonly mode: JsonMode; readonly without: ReadonlySet<Feature> }

/** What servers said that they lack is remembered for the life of the process: it costs one refused call, once. */
export function createHabits(host: Host) {
  const known = new Map<string, Habit>()
  const of = (model: string): Habit => known.get(model) ?? { mode: host.firstMode, without: new Set() }
  return {
    of,
    /** The next way to ask, or null: it was asked without that already. Others may have learned the same meanwhile. */
    learn(model: string, asked: Habit, feature: Feature): Habit | null {
      const next = without(asked, feature)
      if (next) known.set(model, next)
      return next
    },
  }
}

export type Habits = ReturnType<typeof createHabits>

function without({ mode, without: left }: Habit, feature: Feature): Habit | null {
  if (feature !== 'response_format') return left.has(feature) ? null : { mode, without: new Set([...left, feature]) }
  const next = jsonModes[jsonModes.indexOf(mode) + 1]
  return next ? { mode: next, without: left } : null
}
