/** Names and tickers of tokens that are words of plain English: alone they name nothing. */
export const plainNames: ReadonlySet<string> = new Set(
  `a act ach adventure ai aim aircraft all alpha alice ampleforth anchor and angle any ape apollo arc are argo ark art as ask astro atlas atom
  avalanche badger balance balancer band bank base bat beam bear beta big bit blast blink block blur bond bone boring boson bounce box brave
  brett bull bump burger bytes cake call can cap cash cat celestial cell chain chat chess chill civic clover code cold comp compound conflux
  cook core cosmos cow cream credit crown cube curve cut cyber dao dash data day dec decentral deep defi degen dent dial die dodge dog dot
  drift dusk echo edge eden efficient ego elastic element elf embed energy enjin epic era ever ether experience fair fantom farm fast father
  fear fire flare floor flow flower flux for forth fox free front fun fuse fusion future gains gala galaxy game gas gear gem get giant go
  goal gold golem good grape graph grass green grin guard hard harmony harvest he hero hex high hive hook hop horizen hot house ice icon id
  idea immutable in index injective iron is it jam joe join jupiter just karma keep key kin king lab lamb layer league legacy level lever
  life like linear link liquid lit live lock look loom loop loot lucky magic maker man manifold many map mars mask master matter me mean
  meme memory mist mobile moon more morpheus most multi my near neo nest new nexus nine no node nova now number oasis ocean of ok omni on
  one only open optimism option or orbit orbs order origin osmosis out over pan paper people perpetual play polygon pond pool pop portal
  power prime prom pundi pure push qi quant quick race radiant rain rally ramp rare real reef render request reserve ripple rise rook rose
  round rune safe saga sand scout scroll secret seed self shadow shift ship sign silver sky slim smart so solar some song space spell spirit
  spot stacks star status steem stellar step stg stone storm storj stream stride strike strong student sun super sure swap swell swipe
  tap team the thor threshold time to token tomb ton top torn tower trace trade trust turbo two ultra unify union unit up use vanity vector
  velo velvet venus via vibe viction visa voyager wan wave waves wax way we who win wing wink wise wish wonder woo world worm would x y yes
  you zen zero zone`.split(/\s+/),
)
