// What is asked of a page from inside it. An expression: an object of questions, each answered by a list of complaints.
({
  // A name for an element that a person finds in the file.
  name(element) {
    const id = element.id ? `#${element.id}` : ""
    const kind = element.classList.length ? `.${[...element.classList].join(".")}` : ""
    const near = element.closest("[id]")
    const text = (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 60)
    return `${element.localName}${id}${kind}${!id && near ? ` in #${near.id}` : ""} “${text}”`
  },

  isShown(element) {
    return element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true, contentVisibilityAuto: true })
  },

  // What a reader has to scroll sideways for, or cannot see at all.
  overflow() {
    const found = []
    const root = document.documentElement
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide in a window of ${innerWidth}`)
    for (const element of document.body.querySelectorAll(":not(svg, svg *)")) {
      if (!element.clientWidth || !this.isShown(element) || element.scrollWidth <= element.clientWidth + 1) continue
      const way = getComputedStyle(element).overflowX
      if (way === "auto" || way === "scroll") {
        if (element.tabIndex < 0) found.push(`no key reaches what scrolls: ${this.name(element)}`)
        else if (!element.ariaLabel) found.push(`what scrolls has no name: ${this.name(element)}`)
      } else if (way !== "visible" || !this.spillsFromChild(element)) {
        found.push(`${element.scrollWidth} in ${element.clientWidth}: ${this.name(element)}`)
      }
    }
    return found
  },

  // Whether what is too wide is inside one of the children, which is complained about itself.
  spillsFromChild(element) {
    return [...element.children].some((child) => child.clientWidth && child.scrollWidth > child.clientWidth + 1)
  },

  // Texts of drawings that are cut at an edge or lie on each other. On the screen, 1 unit is forgiven.
  drawings() {
    const found = []
    for (const svg of document.querySelectorAll("svg.chart")) {
      const frame = svg.getBoundingClientRect()
      if (!frame.width) continue
      const texts = [...svg.querySelectorAll("text")].map((text) => [text.getBoundingClientRect(), text.textContent])
      const where = svg.closest("[id]")?.id
      for (const [box, text] of texts) {
        if (box.right > frame.right + 1 || box.left < frame.left - 1 || box.bottom > frame.bottom + 1 || box.top < frame.top - 1)
          found.push(`cut in #${where}: “${text}”`)
      }
      texts.forEach(([one, text], index) => {
        for (const [other, under] of texts.slice(index + 1)) {
          const width = Math.min(one.right, other.right) - Math.max(one.left, other.left)
          const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
          if (width > 2 && height > 5) found.push(`“${text}” lies on “${under}” in #${where}`)
        }
      })
    }
    return found
  },

  // Every drawing has a name, and says what it found.
  names() {
    const found = []
    const seen = new Set()
    for (const svg of document.querySelectorAll("svg.chart")) {
      if (!svg.clientWidth) continue
      const [title, finding] = ["title", "desc"].map((name) => svg.querySelector(`:scope > ${name}`)?.textContent.trim())
      const where = svg.closest("[id]")?.id
      if (!title || !finding) found.push(`no <title> or no <desc>: #${where}`)
      else if (title === finding) found.push(`the <desc> says what the <title> says: #${where}`)
    }
    for (const plot of document.querySelectorAll(".plot[tabindex]")) {
      if (!plot.ariaLabel || seen.has(plot.ariaLabel)) found.push(`two plots are called “${plot.ariaLabel}”`)
      seen.add(plot.ariaLabel)
    }
    return found
  },

  // Headings go down by one level at a time, and there is one of the first.
  headings() {
    const found = []
    let last = 0
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      const level = Number(heading.localName[1])
      if (level > last + 1) found.push(`from h${last} to ${this.name(heading)}`)
      last = level
    }
    if (document.querySelectorAll("h1").length !== 1) found.push("not one h1")
    return found
  },

  // Bars and points are told from what is behind them by 3:1 (WCAG 2.2, 1.4.11), by their fill or by their outline.
  shapes() {
    const found = new Set()
    const behind = this.colour(getComputedStyle(document.body).backgroundColor)
    for (const shape of document.querySelectorAll("svg.chart .bar, svg.chart circle")) {
      if (!this.isShown(shape)) continue
      const style = getComputedStyle(shape)
      const inks = [["fill", "fillOpacity"], ["stroke", "strokeOpacity"]].filter(([ink]) => style[ink] !== "none")
      const seen = inks.map(([ink, opacity]) => this.contrast(this.over(this.colour(style[ink]), style[opacity], behind), behind))
      if (!(Math.max(...seen) >= 3)) found.add(`${Math.max(...seen).toFixed(2)}:1 in #${shape.closest("[id]")?.id}`)
    }
    return [...found]
  },

  colour(text) {
    return text.match(/[\d.]+/g).slice(0, 3).map(Number)
  },

  over(colour, opacity, behind) {
    return colour.map((channel, index) => channel * opacity + behind[index] * (1 - opacity))
  },

  contrast(one, other) {
    const [dark, light] = [one, other].map((colour) => {
      const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }).sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  },

  // Takes the elements of a kind that show; the questions below are about one of them, by its number.
  gather(kind, those = (element) => this.isShown(element)) {
    this.them = [...document.querySelectorAll(kind)].filter(those)
    return this.them.length
  },

  // All that a key may work, in the page's order.
  gatherControls() {
    return this.gather("a[href], summary, button, [tabindex]", (element) => element.tabIndex >= 0 && this.isShown(element))
  },

  called(number) {
    return this.name(this.them[number])
  },

  // A place on the element, which is scrolled to where it shows.
  place(number, across, down) {
    this.them[number].scrollIntoView({ block: "center" })
    const box = this.them[number].getClientRects()[0]
    return [box.left + box.width * across, box.top + box.height * down]
  },

  focusOn(number) {
    this.them[number].focus()
  },

  isOpen(number) {
    return this.them[number].parentNode.open
  },

  close(number) {
    this.them[number].parentNode.open = false
  },

  // What a chart says of the place under its crosshair.
  said(number) {
    return this.them[number].parentNode.querySelector("output").textContent
  },

  // Opens the menu that hides a link; that the menu works is seen apart.
  reveal(number) {
    const menu = this.them[number].closest("nav details")
    if (menu) menu.open = true
  },

  // Whether the window shows what a link leads to.
  leads(number) {
    const link = this.them[number]
    const top = document.getElementById(decodeURIComponent(link.hash.slice(1)))?.getBoundingClientRect().top
    return location.hash === link.hash && top > -2 && top < innerHeight
  },

  // What is wrong with the element that has the focus, which should be this one.
  focused(number) {
    const element = document.activeElement
    if (element !== this.them[number]) return `Tab does not come to ${this.called(number)} but to ${this.name(element)}`
    const style = getComputedStyle(element)
    if (style.outlineStyle === "none" || !parseFloat(style.outlineWidth)) return `no ring around ${this.name(element)}`
    // A link that breaks over lines has a box of each, and the one around them all holds what is none of it.
    const box = [...element.getClientRects()].sort((one, other) => other.width - one.width)[0] ?? element.getBoundingClientRect()
    const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 0), innerWidth - 1)
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 10), 0), innerHeight - 1)
    const top = document.elementFromPoint(x, y)
    if (!top || !(element.contains(top) || top.contains(element))) return `covered: ${this.name(element)}`
    return null
  },

  // On paper: wider than the sheet, higher than the sheet, cut, or open.
  paper(height) {
    const found = []
    const width = innerWidth
    for (const element of document.body.querySelectorAll(":not(svg *)")) {
      const box = element.getBoundingClientRect()
      if (!box.width || !box.height || !this.isShown(element)) continue
      const isInside = element.parentElement.getBoundingClientRect().right > width + 1
      if (box.right > width + 1 && !isInside) found.push(`${Math.round(box.right)} wide on ${width}: ${this.name(element)}`)
      const way = getComputedStyle(element).overflowX
      if (way !== "visible" && element.scrollWidth > element.clientWidth + 1) found.push(`cut on paper: ${this.name(element)}`)
    }
    for (const figure of document.querySelectorAll("figure")) {
      if (getComputedStyle(figure).breakInside !== "avoid") found.push(`may be cut by a page's edge: ${this.name(figure)}`)
      const tall = figure.getBoundingClientRect().height
      if (tall > height) found.push(`${Math.round(tall)} high on a sheet of ${height}: ${this.name(figure)}`)
    }
    for (const part of document.querySelectorAll("figure details > :not(summary)"))
      if (this.isShown(part)) found.push(`a data table is open: ${this.name(part)}`)
    return found
  },
})
