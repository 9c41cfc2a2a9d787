const subjects = ['Bitcoin', 'Ethereum', 'Solana', 'XRP', 'Dogecoin', 'BNB', 'Cardano', 'Avalanche']
const verbs = [
  'surges',
  'crashes',
  'rallies',
  'plunges',
  'holds steady',
  'soars',
  'tumbles',
  'slips',
  'rebounds strongly',
  'collapses',
]
const reasons = [
  'after SEC lawsuit',
  'on ETF approval hopes',
  'as whales accumulate',
  'amid fears of a hack',
  'following great earnings',
  'despite terrible liquidity',
  'as traders love the upgrade',
  'after exchange bankruptcy',
  'on record inflows!',
  'but analysts are not impressed',
]
const tails = [
  '',
  ' - very bad news for bulls',
  ' 🚀 AMAZING gains',
  ', investors worried',
  '; support at $42,000 holds',
  ' and it is not a scam',
]

/** So many made headlines, the same at every call. */
export function headlines(count: number): readonly string[] {
  let state = 7
  const below = (n: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % n
  }
  return Array.from(
    { length: count },
    () => `${subjects[below(8)]} ${verbs[below(10)]} ${below(30)}% ${reasons[below(10)]}${tails[below(6)]}`,
  )
}

/** What no reader may get the wrong way round, besides the speed: plain good and plain bad news. */
export const plainNews: readonly { readonly text: string; readonly label: -1 | 1 }[] = [
  { text: 'An excellent, great and amazing success', label: 1 },
  { text: 'Good news: the winner is happy', label: 1 },
  { text: 'We love this wonderful improvement', label: 1 },
  { text: 'A terrible, horrible disaster', label: -1 },
  { text: 'Bad news: victims of fraud are sad and angry', label: -1 },
  { text: 'The worst scam, an awful failure', label: -1 },
]
