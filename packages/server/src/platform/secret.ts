import { inspect } from 'node:util'

/** A value that only `reveal` tells: printed, logged, put into JSON or text it is ***. */
export type Secret = { reveal(): string }

export function createSecret(value: string): Secret {
  const hidden = () => '***'
  return Object.freeze({ reveal: () => value, toString: hidden, toJSON: hidden, [inspect.custom]: hidden })
}
