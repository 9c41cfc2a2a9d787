import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

// The least a page of this kind can be: the library, and one sentence.
const root = document.getElementById('root')
if (root) createRoot(root).render(createElement('main', null, createElement('p', { 'data-useful': '' }, 'React alone')))
