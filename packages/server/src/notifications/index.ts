import type { Channel } from './channel.ts'
import { discord } from './discord.ts'
import { email } from './email.ts'
import { slack } from './slack.ts'
import { telegram } from './telegram.ts'
import { webhook } from './webhook.ts'
import { webPush } from './web-push.ts'

/** Every way out to people and programs; what users see in the application itself needs none. */
export const channels: readonly Channel[] = [email, telegram, discord, slack, webPush, webhook]
