"""Every control of a page, worked by a pointer and by keys alone. What does not work is added to the visit's problems."""

BACKGROUND = "getComputedStyle(document.body).backgroundColor"


def pointer(visit):
    """Links within the page, menus and data tables, the button for the colours, the charts' crosshairs."""
    mouse = visit.tab.mouse

    def click(number):
        mouse.click(*visit.ask("place", number, 0.5, 0.5))

    work(visit, "a click", click, "a[href^='#']:not(.skip)")
    for number in range(0, visit.ask("gather", ".plot[tabindex]"), visit.stride):
        mouse.move(*visit.ask("place", number, 0.6, 0.5))
        if not visit.ask("said", number):
            visit.problems.append(f"a pointer reads nothing: {visit.ask('called', number)}")
    mouse.move(0, 0)


def keys(visit):
    """The same by Tab, Enter and arrows; each has a ring around it that nothing covers, and Tab comes to all of them in turn."""
    press = visit.tab.keyboard.press
    count = visit.ask("gatherControls")
    if not count or visit.tab.evaluate("probe.them[0].getAttribute('href')") != "#main":
        visit.problems.append("the first Tab does not come to a link that skips the contents")
    for number in range(count):
        press("Tab")
        problem = visit.ask("focused", number)
        if problem:
            visit.problems.append(problem)
            if problem.startswith("Tab"):
                break

    def enter(number):
        visit.ask("focusOn", number)
        press("Enter")

    work(visit, "Enter", enter, "a[href^='#']")
    for number in range(0, visit.ask("gather", ".plot[tabindex]"), visit.stride):
        visit.ask("focusOn", number)
        said = []
        for key in ("ArrowRight", "End", "Escape"):
            press(key)
            said.append(visit.ask("said", number))
        if not said[0] or not said[1] or said[2]:
            visit.problems.append(f"arrows read nothing: {visit.ask('called', number)}")


def work(visit, what, press, links):
    """What a click and Enter do alike."""
    visit.ask("gather", "#theme")
    colours = [visit.tab.evaluate(BACKGROUND)]
    # Twice, so that the page has the colours that it had.
    for _ in range(2):
        press(0)
        colours.append(visit.tab.evaluate(BACKGROUND))
    if colours[0] == colours[1] or colours[0] != colours[2]:
        visit.problems.append(f"{what} on the button changes no colours")

    for number in range(0, visit.ask("gather", "summary"), visit.stride):
        before = visit.ask("isOpen", number)
        press(number)
        if visit.ask("isOpen", number) == before:
            visit.problems.append(f"{what} does not open or close: {visit.ask('called', number)}")
        visit.ask("close", number)

    visit.tab.evaluate(f"probe.them = [...document.querySelectorAll({links!r})]")
    for number in range(0, visit.tab.evaluate("probe.them.length"), visit.stride):
        visit.ask("reveal", number)
        press(number)
        if not visit.ask("leads", number):
            visit.problems.append(f"{what} does not show what it leads to: {visit.ask('called', number)}")
