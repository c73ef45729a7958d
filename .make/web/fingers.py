"""How a job is done: by a mouse, or by keys alone. Both press, write, choose, tick and slide; both see the same page."""

from playwright.sync_api import expect

# From one control to another it is never further than this, in presses of Tab.
FAR = 400


class Mouse:
    """Points and clicks; only letters are typed."""

    name = "mouse"

    def __init__(self, watched):
        self.watched, self.tab = watched, watched.tab

    def press(self, target):
        target.click()

    def write(self, target, text):
        target.click(click_count=3)
        self.tab.keyboard.press("Control+A")
        self.tab.keyboard.insert_text(text)
        expect(target).to_have_value(text)

    def choose(self, target, label):
        # The list of a select is drawn by the system: no pointer reaches it from here.
        target.select_option(label=label)

    def tick(self, target):
        target.click()
        expect(target).to_be_checked()

    def slide(self, target, share):
        box = target.bounding_box()
        target.click(position={"x": max(4, min(box["width"] - 4, box["width"] * share)), "y": box["height"] / 2})

    def select_word(self, area, word):
        """Selects a word of the editor's text where it shows."""
        place = area.page.locator(".ink .string, .ink .key, .ink .number, .ink .word").filter(has_text=word).first
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        self.tab.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


class Keys:
    """Tab, arrows, Enter and Space; what has the focus has to show it."""

    name = "keyboard"

    def __init__(self, watched):
        self.watched, self.tab = watched, watched.tab

    def go(self, target):
        """By Tab, until the control has the focus."""
        expect(target).to_be_visible()
        has = "element => element === document.activeElement"
        for _ in range(FAR):
            if target.evaluate(has):
                said = self.watched.ask("focused")
                if said and said["problem"]:
                    self.watched.complain(said["problem"])
                return
            if self.tab.evaluate("() => document.activeElement?.localName === 'textarea' && document.activeElement.closest('.code') !== null"):
                self.tab.keyboard.press("Escape")
            self.tab.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {target}")

    def press(self, target):
        self.go(target)
        self.tab.keyboard.press("Enter")

    def write(self, target, text):
        self.go(target)
        self.tab.keyboard.press("Control+A")
        self.tab.keyboard.insert_text(text)
        expect(target).to_have_value(text)

    def choose(self, target, label):
        self.go(target)
        self.tab.keyboard.press("Home")
        for _ in range(FAR):
            if target.evaluate("element => element.selectedOptions[0].label") == label:
                return
            self.tab.keyboard.press("ArrowDown")
        raise AssertionError(f"arrows do not come to {label}")

    def tick(self, target):
        self.go(target)
        self.tab.keyboard.press("Space")
        expect(target).to_be_checked()

    def slide(self, target, share):
        self.go(target)
        self.tab.keyboard.press("Home")
        steps = target.evaluate("element => Math.round((element.max - element.min) / (element.step || 1))")
        if share >= 1:
            self.tab.keyboard.press("End")
        else:
            for _ in range(round(steps * share)):
                self.tab.keyboard.press("ArrowRight")

    def select_word(self, area, word):
        """Selects a word of the editor's text by arrows."""
        self.go(area)
        before = area.input_value().split(word, 1)[0].split("\n")
        self.tab.keyboard.press("Control+Home")
        for _ in range(len(before) - 1):
            self.tab.keyboard.press("ArrowDown")
        self.tab.keyboard.press("Home")
        for _ in range(len(before[-1])):
            self.tab.keyboard.press("ArrowRight")
        self.tab.keyboard.press("Shift+ArrowRight")
        for _ in range(len(word) - 1):
            self.tab.keyboard.press("Shift+ArrowRight")
