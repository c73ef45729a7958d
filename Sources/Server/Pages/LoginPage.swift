import Drawing

/// Where a browser gives the token.
enum LoginPage {
  static let operation = Operation.page("/login", "Log in", isOpen: true) { _ in
    WebPage(
      title: "Log in", place: nil, scripts: ["forms.js"],
      content: [
        Markup(
          "form", ["data-api": "/api/v1/session", "data-method": "POST", "data-next": "/"],
          [
            Markup("label", ["for": "token"], text: "The server's token"),
            Markup(
              "input",
              [
                "id": "token", "name": "token", "type": "password", "autocomplete": "current-password",
                "required": "required",
              ]),
            Markup("button", ["type": "submit", "class": "primary"], text: "Log in"),
          ])
      ]
    ).reply
  }
}
