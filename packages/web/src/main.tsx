import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './data/query.ts'
import { router } from './routes.tsx'
import { NewVersion } from './sw/new-version.tsx'
import { keepPages } from './sw/register.ts'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <NewVersion />
    </QueryClientProvider>
  </StrictMode>,
)
void keepPages()
