import { inspect } from 'node:util'

/** A value that only `reveal` tells: printed, logged, put into JSON or text it is ***. */
export type Secret = { reveal(): string }

export function createSecret(value: string): Secret {
  const hidden = () => '***'
  return Object.freeze({ reveal: () => value, toString: hidden, toJSON: hidden, [inspect.custom]: hidden })
}

/** Strikes secrets out of words of others, who may repeat what they were sent; what is shorter than eight characters is no secret. */
export function strikeOut(text: string, secrets: readonly string[]): string {
  return secrets.filter((one) => one.length >= 8).reduce((kept, one) => kept.replaceAll(one, '***'), text)
}
