import { expect } from 'vitest'

/** A failure of that code whose sentence says that. */
export const refused = (code: string, sentence = ''): unknown =>
  expect.objectContaining({ code, message: expect.stringContaining(sentence) as string })
