/* Tells people who listen to the page what changed, through the one polite region base.html holds. */
export function say (words) {
  const region = document.getElementById('lw-status')
  if (!region) return
  region.textContent = ''
  window.setTimeout(() => { region.textContent = words }, 100)
}
