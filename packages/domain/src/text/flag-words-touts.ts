/** How fraud speaks in few words, and what guides for sale say instead; `..` stands for up to four words, `|` for either, `/` ends a phrase. */
export const toutPhrases: Readonly<Record<string, string>> = {
  craft: '@craft .. #handle / #handle .. @craft / #handle is|was right|early|ahead',
  praise:
    '#handle keeps|keep|delivers|delivering|nailed|nails|proves|proved|teaches|makes|explains|shares|shared|remains|stays|understands|again|cooked|prints / nobody|nothing|none .. like #handle / only .. from|by #handle / trust|start|stick|stay|roll|ride .. with|in #handle / give #handle .. look|follow|try|chance / notifications .. #handle / watch what #handle / ignore|ignoring|ignored|doubt|doubted|overlook|overlooking #handle / glory .. #handle / thanks .. guidance / #handle .. simple|easy|clear|consistent|different|unreal|elite|precise',
  rescue:
    'got|get|getting|gotten .. mine|it|them|coins|funds|money|crypto|account|everything back / brought .. back / trace|traces|tracing|track .. chain|wallet|blockchain / sort|sorted|sorts|fix|fixed|fixes .. out|mine|for you / only one who / no|without upfront / do|dont not give up / glory to god / has the tools / lost access / scammed by',
  lureClaim:
    'tokens|rewards|allocation|airdrop|drop|prize .. ready|waiting|reserved .. @connect|see|check|view|claim / your address|wallet made|qualified|qualifies|was|is .. it|list|selected|picked|chosen / mint|claim|window|drop|swap closes|opened|opens|closing .. hour|hours|minutes|soon|tonight|now|for / final|last call .. drop|mint|claim|swap / early wallets|testers|adopters / genesis drop|mint|claim|pass / wallets without / holders .. until|till|have .. swap|claim|migrate|convert',
  doubles:
    'doubled|doubling|double deposits|everything|users|payments / event ends|is|now|page|website .. midnight|on|live|over|tonight / anniversary|special|live event|giveaway|airdrop .. @coin|ends|foundation|double / deposits .. doubled|back',
  taskWork:
    'part time|remote|online|flexible job|work|role|from|assistant|assistants .. daily|paid|usdt|day|home / hr here|manager|team|department / rate|review|rating|liking|like|watching products|hotels|videos|apps|listings / paid daily|hourly|instantly|weekly in|usdt / assistants|people|workers .. paid / simple|easy online tasks|task|work',
  stockRoom:
    'alert|alerts|play|plays|calls|pick|picks .. posted|room|chatroom|group|paid|discord|whatsapp / chatroom / room link / todays|tomorrows|yesterdays|next play|plays|pick|picks|alert|alerts|runner / we post|share|alert .. play|plays|pick|picks|stock|stocks / in|join .. chatroom|trading room',
  appYield:
    'quant|ai|arbitrage|hft bot|trading|robot|engine .. users|withdrew|register|daily|profit|invite / users|people|members|investors withdrew|doubled|earned|cashed|joined .. today|already|yesterday / register|registration|sign .. my|our invite|invitation|link / withdraw .. @percent daily|weekly|every / principal back|returned|safe',
  presaleLure:
    'presale price|almost|sold|stage|round|at / listing|launch price|at .. #money|#num / do the math / whales|insiders|early .. presale|allocation / stage|round .. ends|ending|closes|almost|tonight / before .. listing|price .. increases|doubles|goes',
  wordsBare: '12|24|#num words : / seed|phrase : / no|need|needs trx|gas|bnb|matic|eth .. withdraw|move|send|fee',
  crowdHold:
    'everybody|everyone|all|we holds|hold .. until|till @percent|@multiple / nobody|no one|dont sells|sell early / outsiders .. buy .. our|bags',
  handout:
    'say|type|comment|reply hi|done|me|sol|eth|yes .. get|gets|receive|send / sending|giving|gifting #num|#money @coin|to|everyone / to|for first #num .. who|people / drop .. wallet|address / check|sending|send every one|everyone / good|generous mood',
  guide:
    'guide|pdf|template|templates|prompt|prompts|course|checklist|playbook|ebook|newsletter|tutorial|workshop|webinar|bookmark|portfolio|resume|founders|founder|clients|copywriting|marketing|agency|seo / landing page / ai tools|agent|agents|app / open source / lines of code / pull request / vibe coding',
}
