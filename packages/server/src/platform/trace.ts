/** What is told of a step besides its name: from closed lists or ids, never what somebody typed and never a secret. */
export type TraceFacts = Readonly<Record<string, string | number | boolean>>

/** Where time goes from a request to the sources and the model it needed, for whoever runs the installation. */
export type Trace = {
  /** Runs a step of what is going on; how it ended is told with it. */
  step<T>(name: string, facts: TraceFacts, work: () => Promise<T>): Promise<T>
  /** Runs a step of what went on elsewhere, in another job or process, as `here` named it there; null begins a trace of its own. */
  continued<T>(of: string | null, name: string, facts: TraceFacts, work: () => Promise<T>): Promise<T>
  /** What goes on here, in the form of the header traceparent; null where nothing is traced. */
  here(): string | null
}

/** Nobody looks. */
export const untraced: Trace = {
  step: (_name, _facts, work) => work(),
  continued: (_of, _name, _facts, work) => work(),
  here: () => null,
}
