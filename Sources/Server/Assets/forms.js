// Sends forms marked `data-api` as JSON, and shows what the API says of them at the fields.
//
//     <form data-api="/api/v1/runs" data-method="POST" data-next="/jobs/{id}">
//
// A field's name is the key of its value; `data-type` says what is sent: "number", "numbers" or "list" (parted by commas),
// "boolean"; else a text, and of checkboxes or selects of many with one name the list of those chosen. Empty fields are left
// out. A `{key}` in `data-api` is filled with the field of that name, which then is no part of what is sent; a button may have a
// `data-api` of its own. `data-etag` goes along as If-Match, `data-new` as If-None-Match: *. `data-confirm` asks first. Before
// anything is sent, "compose" is dispatched with {body}, which may be changed. What comes back fills `{key}` in `data-next`;
// without it the form says that it is done and dispatches "sent" with the answer.

import { element, freshID } from "./dom.js";
import { ask } from "./api.js";
import { confirmed } from "./confirm.js";

/** What a form says, as an object. */
export function bodyOf(form) {
  const body = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || field.type === "submit" || field.type === "button") continue;
    const value = valueOf(field);
    if (Array.isArray(value)) body[field.name] = [...(body[field.name] || []), ...value];
    else if (value !== undefined) body[field.name] = value;
  }
  return body;
}

/** What a form sends, as its page composes it. */
export function composed(form) {
  const detail = { body: bodyOf(form) };
  form.dispatchEvent(new CustomEvent("compose", { detail }));
  return detail.body;
}

/** Where to, with names of the address filled in and taken out of what is sent. */
function addressed(form, submitter) {
  const body = composed(form);
  const filled = new Set();
  const address = ((submitter && submitter.dataset.api) || form.dataset.api).replace(/\{(\w+)\}/g, (_, key) => {
    filled.add(key);
    return encodeURIComponent(body[key] === undefined ? "" : body[key]);
  });
  for (const key of filled) delete body[key];
  return { address, body };
}

function valueOf(field) {
  if (field.type === "radio" && !field.checked) return undefined;
  if (field.type === "checkbox") {
    if (field.dataset.type === "boolean" || !field.hasAttribute("value")) return field.checked;
    return field.checked ? [typed(field.value, field.dataset.type)] : [];
  }
  if (field.multiple && field.options) return [...field.selectedOptions].map((option) => typed(option.value, field.dataset.type));
  const text = field.tagName === "TEXTAREA" ? field.value : field.value.trim();
  if (text === "" && field.tagName !== "TEXTAREA") return undefined;
  if (field.dataset.type === "list" || field.dataset.type === "numbers") {
    const one = field.dataset.type === "numbers" ? "number" : "text";
    return text.split(/[,;\n]/).map((part) => part.trim()).filter(Boolean).map((part) => typed(part, one));
  }
  return typed(text, field.dataset.type || (field.type === "number" || field.type === "range" ? "number" : "text"));
}

/** What cannot be a number is sent as it is written, so that the API says what is wrong with it. */
function typed(text, type) {
  if (type === "boolean") return text === "true";
  const number = Number(text);
  return type === "number" && text !== "" && Number.isFinite(number) ? number : text;
}

/** A key that names one filling of a form: the same work, sent twice, is begun once. */
function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

class SentForm {
  constructor(form) {
    Object.assign(this, { form, key: freshKey(), isBusy: false });
    this.status = element("p", { class: "sent", role: "status" });
    form.append(this.status);
    form.noValidate = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(event.submitter);
    });
    form.addEventListener("input", () => {
      this.key = freshKey();
    });
  }

  async send(submitter) {
    const { form } = this;
    if (this.isBusy) return;
    this.clear();
    const invalid = [...form.elements].filter((field) => field.willValidate && !field.validity.valid);
    if (invalid.length) {
      this.refuse("This is not complete yet", invalid.map((field) => ({ field, message: field.validationMessage })));
      return;
    }
    this.isBusy = true;
    if (form.dataset.confirm && !await confirmed(form.dataset.confirm, form.dataset.yes || "Go on")) {
      this.isBusy = false;
      return;
    }
    this.busy(true, submitter);
    try {
      const { address, body } = addressed(form, submitter);
      this.done(await ask(address, { method: (form.dataset.method || "POST").toUpperCase(), body, headers: this.headers() }));
    } catch (refusal) {
      this.refuse(refusal.message, (refusal.problems || []).map((problem) => ({ ...problem, field: this.fieldOf(problem) })));
    }
    this.busy(false, submitter);
    this.isBusy = false;
  }

  headers() {
    const { etag, new: isNew } = this.form.dataset;
    const headers = { "Idempotency-Key": this.key };
    if (etag) headers["If-Match"] = etag;
    if (isNew !== undefined) headers["If-None-Match"] = "*";
    return headers;
  }

  busy(isBusy, submitter) {
    this.form.setAttribute("aria-busy", String(isBusy));
    // Not `disabled`, which would take the focus away from who pressed it.
    for (const button of this.form.querySelectorAll("button")) {
      if (isBusy) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
    if (isBusy) this.status.textContent = submitter && submitter.dataset.busy || "Sending…";
  }

  done({ value, headers }) {
    const { form } = this;
    this.key = freshKey();
    const etag = headers.get("ETag");
    if (etag && form.dataset.etag !== undefined) form.dataset.etag = etag;
    if (etag && form.dataset.new !== undefined) {
      delete form.dataset.new;
      form.dataset.etag = etag;
    }
    if (form.dataset.next) {
      location.assign(form.dataset.next.replace(/\{(\w+)\}/g, (_, key) => encodeURIComponent(value ? value[key] : "")));
      return;
    }
    this.status.textContent = form.dataset.done || "Done";
    form.dispatchEvent(new CustomEvent("sent", { bubbles: true, detail: value }));
  }

  fieldOf({ path }) {
    const name = (path || "").split("/")[1];
    const field = name ? this.form.elements.namedItem(name) : null;
    return field instanceof RadioNodeList ? field[0] : field;
  }

  /** A summary that has the focus, with a link to each field, and the words at the field itself. */
  refuse(message, problems) {
    const { form } = this;
    this.status.textContent = "";
    const title = element("h2", { id: freshID("refused") }, message);
    this.summary = element("div", { class: "refused", tabindex: "-1", role: "group", "aria-labelledby": title.id }, title);
    if (problems.length) this.summary.append(element("ul", {}, problems.map((problem) => this.told(problem))));
    form.prepend(this.summary);
    this.summary.focus();
  }

  told({ field, message, line, column, path }) {
    if (!field) {
      const place = line ? `${line}:${column || 1} ` : "";
      return element("li", {}, place, path ? element("code", {}, path) : null, path ? " " : null, message);
    }
    if (!field.id) field.id = freshID("field");
    const words = element("p", { class: "wrong field-problem", id: freshID("wrong") }, message);
    (field.closest("fieldset") && field.type === "checkbox" ? field.closest("fieldset") : field.closest("p, .field") || field).append(words);
    if (field.parentElement === this.form) field.after(words);
    field.setAttribute("aria-invalid", "true");
    field.dataset.describedBefore = field.getAttribute("aria-describedby") || "";
    field.setAttribute("aria-describedby", `${field.dataset.describedBefore} ${words.id}`.trim());
    const link = element("a", { href: `#${field.id}` }, `${nameOf(field)}: ${message}`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.focus();
    });
    return element("li", {}, link);
  }

  clear() {
    if (this.summary) this.summary.remove();
    for (const words of this.form.querySelectorAll(".field-problem")) words.remove();
    for (const field of this.form.querySelectorAll("[data-described-before]")) {
      field.removeAttribute("aria-invalid");
      if (field.dataset.describedBefore) field.setAttribute("aria-describedby", field.dataset.describedBefore);
      else field.removeAttribute("aria-describedby");
      delete field.dataset.describedBefore;
    }
  }
}

/** What a field is called on the page; of several boxes with one name, what they are together. */
function nameOf(field) {
  const group = field.type === "checkbox" || field.type === "radio" ? field.closest("fieldset") : null;
  const name = (group && group.querySelector("legend")) || (field.labels && field.labels[0]);
  return name ? name.textContent.trim() : field.name;
}

for (const form of document.querySelectorAll("form[data-api]")) new SentForm(form);
