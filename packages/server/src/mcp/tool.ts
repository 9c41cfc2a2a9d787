import type { Client } from '@pumpiq/api'
import type { z } from 'zod'

/** What a tool answers: the document, and its substance in a few lines for whoever reads only those. */
export type Told = { readonly document: object; readonly text: string }

type Definition<Input extends z.ZodObject> = {
  readonly name: string
  readonly title: string
  /** For an assistant: what it is good for, and what it is not. */
  readonly description: string
  readonly input: Input
  /** False where something is made or changed by it. */
  readonly readOnly: boolean
  run(client: Client, input: z.output<Input>, abort: AbortSignal): Promise<Told>
}

export type Tool = Omit<Definition<z.ZodObject>, 'run'> & {
  run(client: Client, input: unknown, abort: AbortSignal): Promise<Told>
}

export const tool = <Input extends z.ZodObject>({ run, input, ...rest }: Definition<Input>): Tool => ({
  ...rest,
  input,
  run: (client, given, abort) => run(client, input.parse(given ?? {}), abort),
})
