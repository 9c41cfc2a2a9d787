import { createClient } from '@pumpiq/api'

/** The only way to data: the typed client on the origin that served the page. */
export const client = createClient({ baseUrl: location.origin })
