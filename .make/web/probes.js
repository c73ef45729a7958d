// What is asked of a page of the lab from inside it, beside the questions that reports are asked. An expression: an object of
// questions, each answered by a list of complaints or by one.
({
  name(element) {
    const id = element.id ? `#${element.id}` : ""
    const kind = typeof element.className === "string" && element.className ? `.${element.className.trim().replace(/\s+/g, ".")}` : ""
    const words = (element.innerText || element.value || element.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ")
    return `${element.localName}${id}${kind} “${words.slice(0, 50)}”`
  },

  isShown(element) {
    const box = element.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
  },

  // What a reader would have to scroll the page sideways for, and what is cut off.
  edges() {
    const found = []
    const root = document.documentElement
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide in a window of ${innerWidth}`)
    for (const element of document.body.querySelectorAll(":not(svg *)")) {
      if (!this.isShown(element)) continue
      const { right, left } = element.getBoundingClientRect()
      const scroller = this.scroller(element.parentElement)
      if (!scroller && (right > innerWidth + 1 || left < -1)) found.push(`from ${Math.round(left)} to ${Math.round(right)}: ${this.name(element)}`)
      const way = getComputedStyle(element).overflowX
      const isCut = element.scrollWidth > element.clientWidth + 1
      if (isCut && (way === "hidden" || way === "clip")) found.push(`cut, ${element.scrollWidth} in ${element.clientWidth}: ${this.name(element)}`)
      if (isCut && (way === "auto" || way === "scroll") && element.tabIndex < 0 && !element.querySelector("textarea, a, button, input"))
        found.push(`no key reaches what scrolls: ${this.name(element)}`)
    }
    return found
  },

  // The nearest of its parents that scrolls sideways or hides what is too wide.
  scroller(element) {
    for (let one = element; one && one !== document.body; one = one.parentElement)
      if (getComputedStyle(one).overflowX !== "visible") return one
    return null
  },

  // A title, one h1, and both of the same words.
  titles() {
    const found = []
    const heads = [...document.querySelectorAll("h1")].map((head) => head.textContent.trim())
    if (heads.length !== 1 || !heads[0]) found.push(`not one h1: ${JSON.stringify(heads)}`)
    if (!document.title.endsWith(" – StressLab") || !document.title.startsWith(heads[0]))
      found.push(`the title is “${document.title}”, the heading “${heads[0]}”`)
    if (document.getElementById("unescaped")) found.push("a title is read as markup")
    return found
  },

  // Buttons, links and fields that are put over each other.
  overlaps() {
    const found = []
    const them = [...document.querySelectorAll("main :is(a, button, input, select, textarea, summary)")].filter((one) => this.isShown(one))
    const boxes = them.map((one) => [...one.getClientRects()])
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3
    them.forEach((one, index) => them.slice(index + 1).forEach((other, more) => {
      if (one.contains(other) || this.scroller(one) !== this.scroller(other)) return
      if (boxes[index].some((a) => boxes[index + 1 + more].some((b) => meet(a, b)))) found.push(`${this.name(one)} lies on ${this.name(other)}`)
    }))
    return found
  },

  // What has the focus: null at the page's end, else its name and what is wrong with how it shows that.
  focused() {
    const element = document.activeElement
    if (!element || element === document.body || element === document.documentElement) return null
    const isRinged = (one) => {
      const style = getComputedStyle(one)
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
    }
    const frame = element.closest(".code")
    let problem = isRinged(element) || (frame && isRinged(frame)) ? "" : `no ring around ${this.name(element)}`
    if (!problem && element.localName !== "iframe" && !frame) {
      const box = element.getClientRects()[0] || element.getBoundingClientRect()
      const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 10)]
      const top = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), Math.min(Math.max(y, 0), innerHeight - 1))
      const isLabelled = element.labels && [...element.labels].some((label) => label.contains(top))
      if (!top || !(element.contains(top) || top.contains(element) || isLabelled)) problem = `covered: ${this.name(element)}`
    }
    return { name: this.name(element), problem }
  },
})
