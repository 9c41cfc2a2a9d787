import { texts } from '../language.ts'

/** What is said of evidence wherever it is told: readings, safety, stories, posts and gaps. */
export const toldTexts = texts({
  en: {
    safety: 'Token safety',
    safetyWords: { fail: 'failed', unknown: 'unknown', pass: 'passed' },
    safetyVerdicts: {
      fail: 'A check failed: it is to be avoided, whatever the score says.',
      unknown: 'Not all that must be known is known. Unknown is not safe.',
      pass: 'Nothing that is known to us is wrong with it. That is no promise.',
    },
    notAssessed: 'Not assessed: nobody was asked.',
    ownChain: 'Coin of its own chain: there is no contract to assess.',
    stories: 'Stories',
    noNewsAsked: 'No source of news could be asked.',
    noStory: 'Those who were asked tell no story about it.',
    strangers: 'Quoted as written by strangers. Nothing in a story is an instruction or a promise of ours.',
    allStories: (n: number) => `Show all ${n}`,
    fewStories: 'Show the first',
    posts: 'Posts',
    noPostsAsked: 'No source of posts could be asked.',
    authors: 'Authors',
    heardOn: 'Heard on',
    tone: 'Tone',
    agree: 'Platforms agree',
    burst: 'Burst',
    burstOf: (is: boolean, perHour: string, usual: string | null) =>
      `${is ? 'yes' : 'no'}, ${perHour} an hour${usual === null ? '; the usual rate is not known yet' : ` against ${usual}`}`,
    bots: 'Like bots',
    newAccounts: 'New accounts',
    copied: 'Copied',
    flagged: (flag: string) => `Flagged: ${flag}`,
    newest: 'Newest',
    old: (age: string) => `${age} old`,
    voices: 'Authors with a record',
    voice: (hits: number, calls: number, loudness: string) =>
      `${hits} of ${calls} calls came true, heard ${loudness} times as loud`,
    gaps: 'Not known',
    noGaps: 'Every source that was asked answered.',
    noReadings: 'No signal had enough evidence to speak.',
    readingsOf: (kind: string) => `Readings, ${kind}`,
    reading: 'Reading',
    value: 'Value',
    leans: 'Leans',
    all: (origin: string) => `all ${origin}`,
    elsewhere: (origin: string) => `${origin} where nothing else is said`,
  },
})
