/* Keeps what was typed when the network does not: a message on the page, tries again, and words put back after a reload. */
import { say } from './say.js'

const waits = [2, 5, 15, 30]
const unsent = 'Not sent yet. Your words are safe on this page. We’ll keep trying.'
const typed = 'textarea[name], input[name]:is([type="text"], [type="email"], [type="tel"], [type="number"], :not([type]))'
const storeKey = () => `lw-words:${location.pathname}`
const mayKeep = (form) => form.dataset.keep !== 'no' && !document.documentElement.hasAttribute('data-shared-device')

function message (form) {
  const box = document.createElement('div')
  box.className = 'lw-unsent'
  box.innerHTML = '<p></p><button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small">Try now</button>'
  box.querySelector('p').textContent = unsent
  box.querySelector('button').addEventListener('click', () => tryAgain(form))
  return box
}

function showUnsent (form) {
  if (!form.querySelector('.lw-unsent')) form.prepend(message(form))
  say(unsent)
}

function hideUnsent (form) {
  form.querySelector('.lw-unsent')?.remove()
  form.lwTries = 0
  window.clearTimeout(form.lwTimer)
}

function tryAgain (form) {
  window.clearTimeout(form.lwTimer)
  if (form.isConnected) form.requestSubmit(form.lwButton?.isConnected ? form.lwButton : undefined)
}

function tryLater (form) {
  const tries = form.lwTries ?? 0
  form.lwTries = tries + 1
  window.clearTimeout(form.lwTimer)
  if (tries < waits.length) form.lwTimer = window.setTimeout(() => tryAgain(form), waits[tries] * 1000)
}

function keep (form) {
  const words = [...form.querySelectorAll(typed)].map((field) => [field.name, field.value])
  try {
    sessionStorage.setItem(storeKey(), JSON.stringify(words))
  } catch { /* storage is full or switched off: the page itself still holds the words */ }
}

function forget () {
  Object.keys(sessionStorage).filter((key) => key.startsWith('lw-words:')).forEach((key) => sessionStorage.removeItem(key))
}

/* A form sent the plain way while there is no network would leave the page: stay, and send when it is back. */
function onSubmit (event) {
  const form = event.target
  if (form.method !== 'post') return
  form.lwButton = event.submitter
  if (navigator.onLine === false) {
    event.preventDefault()
    event.stopPropagation()
    showUnsent(form)
    window.addEventListener('online', () => tryAgain(form), { once: true })
  } else if (mayKeep(form)) {
    keep(form)
  }
}

/* Only after "back" or "reload", which is where a lost network leaves people; any other arrival means it was sent. */
function putBack () {
  const words = JSON.parse(sessionStorage.getItem(storeKey()) ?? '[]')
  for (const [name, value] of words) {
    const field = [...document.querySelectorAll('main form[method="post"] [name]')].find((one) => one.name === name)
    if (field && !field.value && value) field.value = value
  }
}

function onArrival () {
  const how = performance.getEntriesByType('navigation')[0]?.type
  if (how === 'back_forward' || how === 'reload') putBack()
  else forget()
}

function formOf (event) {
  return event.detail.elt.closest?.('form')
}

export function keepWords () {
  document.addEventListener('submit', onSubmit, true)
  for (const lost of ['htmx:sendError', 'htmx:timeout']) {
    document.addEventListener(lost, (event) => {
      const form = formOf(event)
      if (!form) return
      showUnsent(form)
      tryLater(form)
    })
  }
  document.addEventListener('htmx:beforeSwap', (event) => {
    const form = formOf(event)
    if (form && event.detail.shouldSwap) hideUnsent(form)
  })
  try {
    onArrival()
  } catch { /* storage is switched off */ }
}
