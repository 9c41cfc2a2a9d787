import type { StreamEvent } from '@pumpiq/api'
import { add, emptySharedBatch, isEmpty, subjectOf, type SharedBatch } from './batch.ts'
import type { Listener } from './listener.ts'
import { hearsSealed, keyOf, placeOf, type Wanted } from './wanted.ts'

/** Those who want the same, and what they have not been told yet. */
export type Group = { readonly wanted: Wanted; readonly members: Set<Listener>; batch: SharedBatch }

/** Listeners by what they want, and whom an event concerns without looking at all of them. */
export function createGroups() {
  const byKey = new Map<string, Group>()
  const groupOf = new Map<Listener, Group>()
  /** Under channel, a blank and the token; under the channel alone those who hear of all tokens. */
  const byPlace = new Map<string, Set<Group>>()

  const placesOf = ({ channels, tokens }: Wanted): string[] =>
    [...channels].flatMap((channel) =>
      tokens === null || channel === 'sources' ? [channel] : [...tokens].map((token) => `${channel} ${token}`),
    )

  function open(wanted: Wanted): Group {
    const key = keyOf(wanted)
    const known = byKey.get(key)
    if (known) return known
    const group: Group = { wanted, members: new Set(), batch: emptySharedBatch() }
    byKey.set(key, group)
    for (const place of placesOf(wanted)) {
      const there = byPlace.get(place) ?? new Set()
      byPlace.set(place, there.add(group))
    }
    return group
  }

  function close(group: Group): void {
    byKey.delete(keyOf(group.wanted))
    for (const place of placesOf(group.wanted)) {
      const there = byPlace.get(place)
      there?.delete(group)
      if (there?.size === 0) byPlace.delete(place)
    }
  }

  return {
    join(listener: Listener): void {
      const group = open(listener.wanted())
      group.members.add(listener)
      groupOf.set(listener, group)
    },
    leave(listener: Listener): void {
      const group = groupOf.get(listener)
      groupOf.delete(listener)
      if (group?.members.delete(listener) && group.members.size === 0) close(group)
    },
    has: (listener: Listener): boolean => groupOf.has(listener),
    listeners: (): Iterable<Listener> => groupOf.keys(),
    /** Whether anybody hears the channel. */
    hears: (channel: string): boolean => [...byPlace.keys()].some((place) => place.split(' ', 1)[0] === channel),
    /** Puts an event with all whom it concerns; it becomes JSON once. `owner`: only he may hear it. */
    put(event: StreamEvent, owner: string | null = null): void {
      const place = placeOf(event)
      if (place === null) return
      const ofToken = place.token === null ? undefined : byPlace.get(`${place.channel} ${place.token}`)
      const ofAll = byPlace.get(place.channel)
      if (!ofToken && !ofAll) return
      const json = JSON.stringify(event)
      const subject = subjectOf(event)
      for (const group of ofAll ?? []) add(group.batch, subject, json, owner)
      for (const group of ofToken ?? []) add(group.batch, subject, json, owner)
    },
    /** Tells those who hear what is sealed how long the ledger is. */
    putHead(seq: number): void {
      const json = JSON.stringify({ event: 'head', seq } satisfies StreamEvent)
      for (const group of byKey.values()) if (hearsSealed(group.wanted)) add(group.batch, 'head', json, null)
    },
    /** What waits with each group, which from then on is nobody's but the caller's. */
    *take(): Generator<{ group: Group; batch: SharedBatch }> {
      for (const group of byKey.values()) {
        if (isEmpty(group.batch)) continue
        const { batch } = group
        group.batch = emptySharedBatch()
        yield { group, batch }
      }
    },
  }
}
