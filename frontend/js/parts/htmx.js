/* htmx as comfort only: no eval, no style of its own, no pages kept on the device, errors in forms shown in place. */
import htmx from 'htmx.org/dist/htmx.esm.js'

import { setUpComponents } from './components.js'
import { say } from './say.js'

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  scrollIntoViewOnBoost: false,
  timeout: 20000,
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '(409|422)', swap: true, error: false },
    { code: '[45]..', swap: false, error: true }
  ]
})

const token = () => document.querySelector('input[name="csrfmiddlewaretoken"]')?.value

function beforeRequest (event) {
  if (event.detail.verb !== 'get' && token()) event.detail.headers['X-CSRFToken'] = token()
}

let said = ''

/* A page that looks again and again finds the same words many times: they are said once. */
function afterSettle (event) {
  const words = event.detail.elt.querySelector?.('[data-say]')?.dataset.say
  if (words && words !== said) say(words)
  said = words ?? said
}

/* Where somebody was is no business of whoever uses the device next; there is no history cache that would need it. */
function forgetWhereWeAre () {
  try {
    sessionStorage.removeItem('htmx-current-path-for-history')
  } catch { /* storage is switched off */ }
}

export function setUpHtmx () {
  forgetWhereWeAre()
  window.htmx = htmx
  document.addEventListener('htmx:configRequest', beforeRequest)
  document.addEventListener('htmx:load', (event) => setUpComponents(event.detail.elt))
  document.addEventListener('htmx:afterSettle', afterSettle)
}
