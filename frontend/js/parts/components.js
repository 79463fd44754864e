/* Wakes nhsuk-frontend's components in a page, or in the part of a page that was just swapped in. */
import { Button } from 'nhsuk-frontend/dist/nhsuk/components/button/button.mjs'
import { CharacterCount } from 'nhsuk-frontend/dist/nhsuk/components/character-count/character-count.mjs'
import { ErrorSummary } from 'nhsuk-frontend/dist/nhsuk/components/error-summary/error-summary.mjs'
import { Header } from 'nhsuk-frontend/dist/nhsuk/components/header/header.mjs'
import { SkipLink } from 'nhsuk-frontend/dist/nhsuk/components/skip-link/skip-link.mjs'

/* The library closes the menu with Escape and leaves the focus on what it hid. */
class HeaderThatKeepsFocus extends Header {
  onEscapeKey (event) {
    const wasInside = this.$menuList?.contains(document.activeElement)
    super.onEscapeKey(event)
    if (wasInside && !this.menuIsOpen) this.$menuToggle.focus()
  }
}

const components = [Button, CharacterCount, ErrorSummary, HeaderThatKeepsFocus, SkipLink]

function wake (Component, element) {
  try {
    new Component(element, Component === Button ? { preventDoubleClick: true } : undefined)
  } catch (reason) {
    console.warn(reason)
  }
}

export function setUpComponents (scope) {
  for (const Component of components) {
    const name = Component.moduleName
    const found = [...scope.querySelectorAll(`[data-module="${name}"]:not([data-${name}-init])`)]
    if (scope.matches?.(`[data-module="${name}"]:not([data-${name}-init])`)) found.unshift(scope)
    found.forEach((element) => wake(Component, element))
  }
}
