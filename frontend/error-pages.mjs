/* The pages a web server can show when nothing else runs: whole files that ask for nothing but the style sheet. */
const crisis = [
  ['If someone’s life is at risk', 'tel:999', 'Call 999'],
  ['Urgent help with mental health, day or night (England)', 'tel:111', 'Call NHS 111, option 2'],
  ['Someone to talk to, any time', 'tel:116123', 'Call Samaritans on 116 123'],
  ['By text, any time', 'sms:85258?body=SHOUT', 'Text SHOUT to 85258']
]

const pages = {
  '500.html': ['Something went wrong on our side', [
    'It is not your fault. If you were writing, go back: what you wrote is still on that page.',
    'Try again in a minute.'
  ]],
  '503.html': ['We are closed for a short while', [
    'We are looking after the site. Nothing that was saved is lost.',
    'Try again in a few minutes.'
  ]],
  'offline.html': ['You are not online', [
    'We cannot reach the site from here. Words you typed are still on the page you typed them on.',
    'When your phone or computer is online again, go back and send them.'
  ]]
}

const line = ([when, href, words]) => `<li>${when}: <a href="${href}">${words}</a></li>`

const page = (title, paragraphs) => `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title} – Living Well</title>
<link rel="stylesheet" href="/static/fonts.css">
<link rel="stylesheet" href="/static/livingwell.css">
<link rel="icon" href="/static/img/mark.svg" type="image/svg+xml">
</head>
<body>
<header class="lw-header"><div class="nhsuk-width-container lw-header__top"><p class="lw-header__name">Living Well</p></div></header>
<main class="nhsuk-width-container lw-body" id="main">
<h1>${title}</h1>
${paragraphs.map((words) => `<p>${words}</p>`).join('\n')}
<h2>Worried about someone?</h2>
<ul>
${crisis.map(line).join('\n')}
</ul>
</main>
<div class="lw-land" aria-hidden="true"><span class="lw-land__sun"></span></div>
</body>
</html>
`

export const errorPages = Object.fromEntries(
  Object.entries(pages).map(([name, [title, paragraphs]]) => [name, page(title, paragraphs)])
)
