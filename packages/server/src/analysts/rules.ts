import { rules } from '@pumpiq/domain'
import type { Analyst } from './analyst.ts'

/** Always answers, without network. */
export const rulesAnalyst: Analyst = { id: 'rules', analyse: (brief) => Promise.resolve(rules(brief)) }
