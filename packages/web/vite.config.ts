import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './compressed.ts'
import { droppableSchemas, leanContract } from './lean-contract.ts'
import { serviceWorker } from './service-worker.ts'

export default defineConfig({
  plugins: [leanContract(), droppableSchemas(), react(), tailwind(), serviceWorker(), compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    // What few pages need is not carried along by those that share something else with them.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'schemas', test: /node_modules\/zod/ }] } } },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:3000', ws: true } } },
})
