/** What would change the state of something open: a price at or above, a price at or below, an instant (epoch ms). Infinite: nothing would. */
export type Levels = { readonly above: number; readonly below: number; readonly until: number }

/** What a candle, a stretch of candles or a tick (high and low alike) shows, known up to `at`, epoch ms. */
export type Shown = { readonly high: number; readonly low: number; readonly at: number }

export type LevelIndex = ReturnType<typeof createLevelIndex>

/** A heap of keys, the smallest at 0, each with the number of its entry; four children a node: half as deep, on neighbouring places. */
type Heap = { keys: Float64Array; ids: Int32Array; length: number }

const heap = (): Heap => ({ keys: new Float64Array(8), ids: new Int32Array(8), length: 0 })

/** One side of the index: its heaps by series, their smallest keys side by side, and where in its heap each entry stands. */
type Side = { readonly heaps: Heap[]; tops: Float64Array; places: Int32Array }

/**
 * The open levels of many series: a candle finds what it touches without looking at the rest. Entries and series are small whole numbers;
 * those of entries are given out here and used again. Some 60 to 80 bytes an entry, all in typed arrays.
 */
export function createLevelIndex() {
  // Above, below (signed, so that the nearest is the smallest too), until.
  const sides: readonly Side[] = [0, 1, 2].map(() => ({
    heaps: [],
    tops: new Float64Array(8).fill(Infinity),
    places: new Int32Array(8),
  }))
  const [ups, downs, ends] = sides as [Side, Side, Side]
  let seriesOf = new Int32Array(8)
  let marked = new Uint8Array(8)
  /** Entries given out so far, and the first free one among them: a free entry holds -2 minus the next free one, -1 when there is none. */
  let given = 0
  let free = -1
  let size = 0

  function room(series: number): void {
    for (const side of sides) {
      while (side.heaps.length <= series) side.heaps.push(heap())
      const before = side.tops.length
      if (before < side.heaps.length) side.tops = grown(side.tops, side.heaps.length * 2).fill(Infinity, before)
    }
  }

  function entry(): number {
    if (free >= 0) {
      const id = free
      free = -2 - seriesOf[id]!
      return id
    }
    if (given === seriesOf.length) {
      const length = Math.ceil(given * 1.5)
      seriesOf = grown(seriesOf, length)
      marked = grown(marked, length)
      for (const side of sides) side.places = grown(side.places, length)
    }
    return given++
  }

  function held(id: number): number {
    const series = id < given ? (seriesOf[id] ?? -1) : -1
    if (series < 0) throw new RangeError(`there is no entry ${id}`)
    return series
  }

  return {
    /** How many are in it. */
    size: (): number => size,

    add(series: number, { above, below, until }: Levels): number {
      room(series)
      const id = entry()
      seriesOf[id] = series
      size++
      push(ups, series, above, id)
      push(downs, series, -below, id)
      push(ends, series, until, id)
      return id
    },

    move(id: number, { above, below, until }: Levels): void {
      const series = held(id)
      change(ups, series, above, id)
      change(downs, series, -below, id)
      change(ends, series, until, id)
    },

    remove(id: number): void {
      const series = held(id)
      for (const side of sides) drop(side, series, id)
      seriesOf[id] = -2 - free
      free = id
      size--
    },

    /** Appends to `into` every entry of a series that is touched, once each, in no order; they stay as they are until moved or removed. */
    touched(series: number, { high, low, at }: Shown, into: number[]): void {
      if (series >= ups.heaps.length) return
      const first = into.length
      if (ups.tops[series]! <= high) collect(ups.heaps[series]!, high, marked, into)
      if (downs.tops[series]! <= -low) collect(downs.heaps[series]!, -low, marked, into)
      if (ends.tops[series]! <= at) collect(ends.heaps[series]!, at, marked, into)
      for (let i = first; i < into.length; i++) marked[into[i]!] = 0
    },
  }
}

function grown<Column extends Float64Array | Int32Array | Uint8Array>(column: Column, length: number): Column {
  const next = new (column.constructor as new (length: number) => Column)(length)
  next.set(column)
  return next
}

function push(side: Side, series: number, key: number, id: number): void {
  const own = side.heaps[series]!
  if (own.length === own.keys.length) {
    const length = Math.ceil(own.length * 1.5)
    own.keys = grown(own.keys, length)
    own.ids = grown(own.ids, length)
  }
  rise(own, side.places, own.length++, key, id)
  side.tops[series] = own.keys[0]!
}

function change(side: Side, series: number, key: number, id: number): void {
  const own = side.heaps[series]!
  const place = side.places[id]!
  const before = own.keys[place]!
  if (key < before) rise(own, side.places, place, key, id)
  else if (key > before) sink(own, side.places, place, key, id)
  side.tops[series] = own.keys[0]!
}

function drop(side: Side, series: number, id: number): void {
  const own = side.heaps[series]!
  const place = side.places[id]!
  const last = --own.length
  if (place < last) {
    // The last one takes the place, and goes where it belongs from there.
    const key = own.keys[last]!
    if (key < own.keys[place]!) rise(own, side.places, place, key, own.ids[last]!)
    else sink(own, side.places, place, key, own.ids[last]!)
  }
  side.tops[series] = own.length > 0 ? own.keys[0]! : Infinity
}

function rise({ keys, ids }: Heap, places: Int32Array, from: number, key: number, id: number): void {
  let i = from
  while (i > 0) {
    const parent = (i - 1) >> 2
    if (keys[parent]! <= key) break
    keys[i] = keys[parent]!
    places[(ids[i] = ids[parent]!)] = i
    i = parent
  }
  keys[i] = key
  places[(ids[i] = id)] = i
}

function sink({ keys, ids, length }: Heap, places: Int32Array, from: number, key: number, id: number): void {
  let i = from
  for (;;) {
    const first = 4 * i + 1
    if (first >= length) break
    let least = first
    const end = Math.min(first + 4, length)
    for (let child = first + 1; child < end; child++) if (keys[child]! < keys[least]!) least = child
    if (keys[least]! >= key) break
    keys[i] = keys[least]!
    places[(ids[i] = ids[least]!)] = i
    i = least
  }
  keys[i] = key
  places[(ids[i] = id)] = i
}

/** All entries whose key is not above a limit: below a key that is, none can be. What is marked is in `into` already. */
function collect(own: Heap, limit: number, marked: Uint8Array, into: number[], from = 0): void {
  const id = own.ids[from]!
  if (marked[id] === 0) {
    marked[id] = 1
    into.push(id)
  }
  const end = Math.min(4 * from + 5, own.length)
  for (let child = 4 * from + 1; child < end; child++)
    if (own.keys[child]! <= limit) collect(own, limit, marked, into, child)
}
