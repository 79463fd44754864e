/* What every page runs: the parts of nhsuk-frontend we use, htmx without anything our policy forbids, kept words. */
import { setUpComponents } from './parts/components.js'
import { setUpHtmx } from './parts/htmx.js'
import { keepWords } from './parts/words.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
setUpComponents(document)
setUpHtmx()
keepWords()
