import { QueryClient } from '@tanstack/react-query'

/** What is known stays shown while it is asked anew. The client tries again where that helps; a page says what failed at once. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 2_000, gcTime: 600_000, networkMode: 'always', refetchOnReconnect: true },
    mutations: { retry: false, networkMode: 'always' },
  },
})
