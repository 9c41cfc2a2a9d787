import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** A family of figures: its name with the unit in it, a sentence, and the names of its labels. Values of labels come from closed lists. */
export type Family<L extends string = never> = {
  readonly name: `pumpiq_${string}`
  readonly help: string
  readonly labels?: readonly L[]
}
type Labels<L extends string> = Readonly<Record<L, string>>

/** One figure of a family as it is at the instant it is read. */
export type Figure<L extends string = never> = readonly [labels: Labels<L>, value: number]

/** Figures for whoever runs the installation, in the text form that Prometheus reads. */
export type Metrics = {
  /** What only grows. */
  counter<L extends string = never>(family: Family<L>): (labels: Labels<L>, by?: number) => void
  /** What goes up and down. */
  gauge<L extends string = never>(family: Family<L>): (labels: Labels<L>, by: number) => void
  /** How often what took up to so many seconds; `bounds` in seconds. */
  histogram<L extends string = never>(
    family: Family<L> & { readonly bounds: readonly number[] },
  ): (labels: Labels<L>, seconds: number) => void
  /** What is counted elsewhere and read when somebody asks; told by several under one name it is one family. What is not known is left out. */
  told<L extends string = never>(
    kind: 'counter' | 'gauge',
    family: Family<L>,
    read: () => Iterable<Figure<NoInfer<L>>>,
  ): void
  /** All of it. */
  expose(): Promise<{ readonly contentType: string; readonly text: string }>
}

/** `ofProcess`: with those of this process itself (event loop, heap, processor), once a process. */
export function createMetrics({ ofProcess = false }: { ofProcess?: boolean } = {}): Metrics {
  const registry = new Registry()
  const readers = new Map<string, (() => Iterable<Figure<string>>)[]>()
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const shapeOf = <L extends string>({ name, help, labels = [] }: Family<L>) => ({
    name,
    help,
    labelNames: labels,
    registers: [registry],
  })

  return {
    counter(family) {
      const counter = new Counter(shapeOf(family))
      return (labels, by = 1) => counter.inc(labels, by)
    },
    gauge(family) {
      const gauge = new Gauge(shapeOf(family))
      return (labels, by) => gauge.inc(labels, by)
    },
    histogram({ bounds, ...family }) {
      const histogram = new Histogram({ ...shapeOf(family), buckets: [...bounds] })
      return (labels, seconds) => histogram.observe(labels, seconds)
    },
    told(kind, family, read) {
      const known = readers.get(family.name)
      if (known) {
        known.push(read)
        return
      }
      const own: (() => Iterable<Figure<string>>)[] = [read]
      readers.set(family.name, own)
      const Kind = kind === 'counter' ? Counter : Gauge
      const instrument = new Kind<string>({
        ...shapeOf(family),
        registers: [],
        collect() {
          this.reset()
          // One without labels is 0 from now on, which it is not while nobody knows.
          if (!family.labels?.length) this.remove()
          for (const one of own) for (const [labels, value] of one()) this.inc(labels, value)
        },
      })
      registry.registerMetric(instrument)
    },
    expose: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  }
}
