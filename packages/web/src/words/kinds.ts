import { sentimentLabel, type Kind } from '@pumpiq/domain'

export const kindTitles: Readonly<Record<Kind, string>> = {
  news: 'News',
  onchain: 'On-chain',
  technical: 'Technical',
  social: 'Social',
}

/** What a sentiment in [-1, 1] is called, and the tone it is shown in. */
export const sentimentWord = (sentiment: number): { word: string; tone: string } =>
  ({
    1: { word: 'bullish', tone: 'good' },
    0: { word: 'neutral', tone: 'flat' },
    '-1': { word: 'bearish', tone: 'bad' },
  })[sentimentLabel(sentiment)]
