import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Host } from './hosts.ts'
import { announcedShutdown, isNear, isOver } from './lifetimes.ts'
import type { ModelSettings } from './settings.ts'

type Needs = { settings: ModelSettings; host: Host; clock: Clock; log: Log }

/** Which model is asked now: the first until its vendor has switched it off, then the successor; the change is told once. */
export function createLives({ settings: { model: first, successor }, host, clock, log }: Needs) {
  const gone = new Set<string>()
  const told = new Map<string, string | null>()
  const warned = new Set<string>()

  // Others that sell the same models keep days of their own.
  const shutdownOf = (model: string): string | null =>
    told.get(model) ?? (host.name === 'OpenAI' ? announcedShutdown(model) : null)
  const isDead = (model: string): boolean => gone.has(model) || isOver(shutdownOf(model), clock.now())
  const once = (key: string, tell: () => void): void => {
    if (!warned.has(key)) tell()
    warned.add(key)
  }

  function current(): string {
    if (successor === null || successor === first || !isDead(first) || isDead(successor)) return first
    once('changed', () => log.warn(`${first} is switched off: ${successor} is asked instead`, { host: host.name }))
    return successor
  }

  return {
    current,
    shutdownOf,
    /** What the vendor itself says. */
    learn: (model: string, shutdown: string | null): void => void told.set(model, shutdown ?? shutdownOf(model)),
    /** The vendor no longer knows it: whether another is asked from now on. */
    bury(model: string): boolean {
      const known = gone.has(model)
      gone.add(model)
      const next = current()
      if (next !== model && !gone.has(next)) return true
      // Without another to ask, it is asked again: a vendor may be mistaken for an hour.
      if (!known && model === first) gone.delete(model)
      once(`gone ${model}`, () => log.warn(`${host.name} does not know the model ${model}`, { model }))
      return false
    },
    /** Says what will be switched off within sixty days, or is already. */
    warn(): void {
      const model = current()
      const shutdown = shutdownOf(model)
      const next =
        successor !== null && successor !== model ? `then ${successor} is asked` : 'set PUMPIQ_MODEL to another'
      if (isNear(shutdown, clock.now()))
        once(`near ${model}`, () => log.warn(`${model} is switched off on ${shutdown}: ${next}`, { model }))
      if (isOver(shutdown, clock.now()))
        once(`over ${model}`, () =>
          log.warn(`${model} was switched off on ${shutdown}: set PUMPIQ_MODEL to another`, { model }),
        )
    },
  }
}
