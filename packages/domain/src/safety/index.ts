import { balanceChangeable } from './balance-changeable.ts'
import { blacklist } from './blacklist.ts'
import type { SafetyCheck } from './check.ts'
import { developerShare } from './developer-share.ts'
import { fake } from './fake.ts'
import { freezeAuthority } from './freeze-authority.ts'
import { honeypot } from './honeypot.ts'
import { liquidity } from './liquidity.ts'
import { lpLock } from './lp-lock.ts'
import { maker } from './maker.ts'
import { mintAuthority } from './mint-authority.ts'
import { ownership } from './ownership.ts'
import { pausable } from './pausable.ts'
import { permanentDelegate } from './permanent-delegate.ts'
import { poolAge } from './pool-age.ts'
import { rugged } from './rugged.ts'
import { selfDestruct } from './self-destruct.ts'
import { sellRestricted } from './sell-restricted.ts'
import { sourceClosed } from './source-closed.ts'
import { taxChangeable } from './tax-changeable.ts'
import { taxes } from './taxes.ts'
import { top10Share } from './top10-share.ts'
import { tradingLimits } from './trading-limits.ts'
import { transferHook } from './transfer-hook.ts'
import { upgradeable } from './upgradeable.ts'
import { washVolume } from './wash-volume.ts'

/** Every way we know in which a contract can harm whoever buys it, in the order in which they are shown. */
export const safetyChecks: readonly SafetyCheck[] = [
  honeypot,
  mintAuthority,
  freezeAuthority,
  taxes,
  taxChangeable,
  pausable,
  blacklist,
  permanentDelegate,
  transferHook,
  balanceChangeable,
  ownership,
  upgradeable,
  selfDestruct,
  sourceClosed,
  sellRestricted,
  tradingLimits,
  lpLock,
  top10Share,
  developerShare,
  poolAge,
  liquidity,
  washVolume,
  rugged,
  fake,
  maker,
]
