"""Asks axe-core what stands in people's way on a page. The page's own policy stays on."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (only) => {
  const found = await axe.run(document, {
    runOnly: only,
    resultTypes: ['violations', 'incomplete'],
    preload: false,
  })
  const unseen = rule => ({ ...rule, nodes: rule.nodes.filter(
    node => node.any.some(check => check.data?.messageKey === 'equalRatio')
  ) })
  return [...found.violations, ...found.incomplete.map(unseen)].flatMap(rule => rule.nodes.map(
    node => `${rule.id} at ${node.target.join(' ')}: ${[...node.any, ...node.all, ...node.none][0]?.message}`
  ))
}"""


def barriers(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return each barrier as its rule, where it is, and why; of `rules` alone when there are some.

    Words in the colour of their ground are one; axe itself is not sure about those.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SOURCE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found: list[str] = page.evaluate(RUN, only)
    return found
