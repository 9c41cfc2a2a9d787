/**
 * Characters that are drawn like an ASCII letter or digit and that NFKC leaves alone, by what they are taken for. Chosen by shape, after
 * the idea of Unicode TR39 (confusables); capitals stand apart because Cyrillic and Greek small letters often look like other ones.
 */
const drawnAlike: Readonly<Record<string, string>> = {
  a: 'аɑαₐ⍺ꭺɐᴀⱥӕ',
  b: 'ьƄʙᏏƀɓвᖯβ',
  c: 'сϲᴄⅽⲥꮯƈ',
  d: 'ԁɗđᴅɖꓒᑯժ',
  e: 'еҽɛεєᴇǝɇөꬲ℮',
  f: 'ƒꞙẝғꜰϝք',
  g: 'ɡᶃƍցɢǥɠգ',
  h: 'һհʜħɦнᏂⱨ',
  i: 'іıɩɪιӏᎥɨꙇǐ⍳',
  j: 'јʝɉյᴊϳ',
  k: 'кκᴋƙҟⲕĸқ',
  l: 'łƚɭʟⅼӀǀاɫℓⱡ',
  m: 'мᴍɱⅿ₥',
  n: 'пɴոռɲŋηƞи',
  o: 'оοօᴏσøɵօס๐໐ဝ०০ⲟჿ',
  p: 'рρⲣᴘƥϱþр',
  q: 'ԛգզɋ',
  r: 'гᴦɾɽʀяⲅꭇꮁ',
  s: 'ѕꜱƽʂꮪꞩ',
  t: 'тτᴛŧƭţțꚍ',
  u: 'υսᴜʋцʊꭎꞟ',
  v: 'νѵᴠⱱṿⅴᶌ',
  w: 'ԝωᴡѡաⱳշ',
  x: 'хχⅹ×ᕁ᙮ҳ',
  y: 'уүγʏɏყƴӯ',
  z: 'ᴢƶȥʐⱬꮓ',
  A: 'АΑᎪᗅꓮⱯ₳Λ',
  B: 'ВΒᏴᗷꓐ฿₿Ɓ',
  C: 'СᏟᑕꓚϹ₵Ꮯ',
  D: 'ᎠᗞᗪꓓĐÐƉ',
  E: 'ЕΕᎬꓰƐΞꜪ',
  F: 'ᖴꓝϜƑ₣',
  G: 'ԌᏀᏳꓖ₲Ɠ',
  H: 'НΗᎻᕼꓧĦⲎ',
  I: 'ІΙᏆꓲƖ',
  J: 'ЈᎫᒍꓙɈͿ',
  K: 'КΚᏦꓗ₭Ƙ',
  L: 'ᏞᒪꓡŁⱠȽ',
  M: 'МΜᎷᗰꓟϺ',
  N: 'ΝꓠƝ₦Ⲛ',
  O: 'ОΟՕꓳØƟⲞ',
  P: 'РΡᏢᑭꓑ₱Ƥ',
  Q: 'ⵕԚ',
  R: 'ᎡᏒᖇꓣƦЯ',
  S: 'ЅՏᏚꓢ₴Ꮪ',
  T: 'ТΤᎢꓔŦƬ₮',
  U: 'ՍᑌꓴɄ',
  V: 'ѴᏙᐯꓦⴸ',
  W: 'ԜᎳꓪ₩Ѡ',
  X: 'ХΧꓫⵝⲬ',
  Y: 'ҮΥᎩꓬɎ',
  Z: 'ΖᏃꓜƵ',
  '0': '߀೦൦',
  '3': 'ЗƷӠᏭ',
  '4': 'Ꮞ',
  '5': 'Ƽ',
  '6': 'бᏮ',
  '8': 'Ȣ',
}

/** Blocks of letters in boxes and flags, which NFKC leaves alone too: the first code point, and the letter it stands for. */
const boxed: readonly number[] = [0x1f150, 0x1f170, 0x1f1e6]

/** The ASCII character that a code point is drawn like, of the same case. */
export const looksLike: ReadonlyMap<number, string> = new Map([
  ...Object.entries(drawnAlike).flatMap(([ascii, likes]) =>
    Array.from(likes, (like): [number, string] => [like.codePointAt(0)!, ascii]),
  ),
  ...boxed.flatMap((first) =>
    Array.from({ length: 26 }, (_, i): [number, string] => [first + i, String.fromCharCode(0x41 + i)]),
  ),
])
