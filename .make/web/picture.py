"""The picture of the README: the editor with a mistake told at its line, the market beside it."""

from playwright.sync_api import expect

import watch
from fingers import Mouse


def take_picture(browser, origin, changes, file):
    watched = watch.Watched(browser, origin, changes)
    watched.open("/scenarios/scenarios%2Fflash-crash.json")
    tab = watched.tab
    tab.set_viewport_size({"width": 1280, "height": 860})
    expect(tab.locator("[data-preview] svg.chart").first).to_be_visible()
    area = tab.locator("textarea#text")
    Mouse(watched).select_word(area, "flashCrash")
    tab.keyboard.type("flashCrush")
    expect(tab.locator("ol.problems li.wrong").first).to_be_visible()
    # As low as somebody drags it, so that what is said under it shows too.
    tab.locator(".code").evaluate("frame => { frame.style.height = '340px' }")
    area.press("F8")
    tab.mouse.move(0, 0)
    tab.locator("h1").evaluate("head => scrollTo(0, 0)")
    tab.screenshot(path=str(file))
    watched.context.close()
