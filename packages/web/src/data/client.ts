import { createClient } from '@pumpiq/api'

/** The only way to data: the typed client on the origin that served the page. What fails is shown at once; pages ask again by themselves. */
export const client = createClient({ baseUrl: location.origin, retries: 0 })
