import { seededRandom } from '../platform/random.ts'

/** The bootstrap draws the same way each time: the same record gives the same interval. */
export const recordRandom = () => seededRandom(1)
