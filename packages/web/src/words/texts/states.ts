import { texts } from '../language.ts'

/** What every panel says of its own state. */
export const stateTexts = texts({
  en: {
    loading: 'Loading',
    again: 'Ask again',
    notRead: 'This could not be read.',
    notRefreshed: 'This could not be refreshed.',
    shownFrom: (ago: string) => `What is shown is from ${ago}.`,
    signIn: 'Sign in',
    signedOut: 'You are not signed in, or no longer.',
    forbidden: 'This is not for your account.',
    tooMany: 'Too many requests for your tier; it is asked again by itself.',
  },
})
