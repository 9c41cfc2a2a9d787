import type { WordList } from './word-list.ts'

/** Mood of people, mostly of those who post, and emoji. Tenths; from knowledge of the field. */
export const moodWords: readonly WordList[] = [
  [
    'value',
    28,
    'amazing awesome excellent fantastic incredible outstanding superb brilliant phenomenal massive_win love loves loved loving perfect insane_gains lambo lfg wagmi gmi game_changer gamechanger revolutionary goat',
  ],
  [
    'value',
    22,
    'great excited exciting excitement happy glad thrilled impressive impressed celebrate~ winning proud beautiful wonderful legendary epic promising bullrun gem gems mooning pumping hopium_is_real thrive~ prosper~ flourish~ wealth wealthy millionaire+ rich gains profits profitable bright brighter easy_money convinced believe_in believer+ bullish_on',
  ],
  [
    'mild',
    16,
    'good nice better cool smart hope hopeful hopes fun thank thanks trust trusted safe secure safer secured secure~ fair reliable useful helpful benefit+ benefits beneficial advantage+ opportunity opportunities potential worthwhile freedom future_of confident stable steady solid undervalue fast efficient legit legitimate transparent transparency popular popularity favourite favorite recommend~ enjoy~ welcome~ agree~ based comfy generational',
  ],
  [
    'mild',
    8,
    'interesting interested ready powerful bigger pump pumps pumped pumpin green ok okay fine_with likes liked patience patient calm learn free dca hold holding strong_hands early accumulating',
  ],
  [
    'value',
    -30,
    'worthless garbage trash shitcoin+ shit crap bullshit disaster+ disastrous catastrophe catastrophic horrible terrible awful pathetic disgusting hate hates hated nightmare destroyed destroy~ ruin~ ruined ruins ngmi dead dying die dies died rip kill~ killed suicide evil wrecked useless pointless toxic delusional delusion idiot+ idiotic moron+ stupid dumb clown+ joke laughable greed greedy liar+ lie lies lied lying',
  ],
  [
    'value',
    -22,
    'bad worse angry anger mad upset sad sadly afraid scared scary fear fearful fud panic hopeless hopium copium desperate regret+ regretted suck sucks sucked fucked fuck screwed broke broken pain painful hurting burned_by gambling gamble~ casino speculative speculation hype overhyped cult cultists shill~ shilling spam scummy sketchy suspicious suspect wrong mistake+ waste~ wasted wasteful nonsense ridiculous ugly lost_everything lost_money losing_money bleeding bleed~ crying cry cope disappointed frustrating frustrated annoying annoyed nervous anxious depressed depressing stress',
  ],
  [
    'value',
    -14,
    'concern concerning problematic unfortunately unlikely impossible never_again unsustainable uncertain unstable unclear unsafe insecure unregulated vulnerable complicated expensive slow pricey centralised centralized ignorant bored boring tired dont_trust cant_trust dont_buy stay_away avoid avoids avoided complain~ complained suspicion no_value no_intrinsic_value zero_value goes_to_zero going_to_zero go_to_zero to_zero bag bags',
  ],
  ['value', 24, '🚀 🌕 🔥 💎 🐂 📈 🟢 💰 🤑 🎉 💪 🙌 🥳 🏆 😍 🥂 ✅ 👏 🦄 💚'],
  ['value', 14, '👍 😀 😃 😄 😁 😊 🙂 😎 ❤ ♥ 😂 👀 🤩 ⭐ 🌟 ✨ 💯 :)'],
  ['value', -24, '📉 🐻 🔴 💀 ☠ 😭 😱 😡 🤬 🤮 💩 🩸 🆘 🪦 👎 🔻 💔 😢 😞 😟 ⚠ 🚨 ❌ 😰 😨 🤡 :('],
]
