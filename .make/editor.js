// An editor's view of the schemas: Microsoft's JSON language service, which VS Code, Zed and Neovim share, completes,
// explains and checks documents by the schemas that the program prints.
//
//     node .make/editor.js NODE_MODULES PROGRAM
"use strict"

const { execFileSync } = require("child_process")
const path = require("path")
const [modules, program] = process.argv.slice(2)
const { getLanguageService, TextDocument } = require(path.join(modules, "vscode-json-languageservice"))

const failures = []
let checks = 0

function expect(condition, text) {
  checks += 1
  if (!condition) failures.push(text)
}

function service(kind) {
  const schema = JSON.parse(execFileSync(program, ["schema", kind], { encoding: "utf8", maxBuffer: 1 << 26 }))
  const service = getLanguageService({})
  service.configure({ validate: true, schemas: [{ uri: "schema://x", fileMatch: ["*"], schema }] })
  return service
}

// The text's | is where the cursor stands.
function open(text) {
  const offset = text.indexOf("|")
  const document = TextDocument.create("file:///x.json", "json", 1, text.replace("|", ""))
  return { document, position: offset < 0 ? null : document.positionAt(offset) }
}

async function completions(language, text) {
  const { document, position } = open(text)
  const list = await language.doComplete(document, position, language.parseJSONDocument(document))
  return list.items
}

async function hover(language, text) {
  const { document, position } = open(text)
  const answer = await language.doHover(document, position, language.parseJSONDocument(document))
  if (!answer) return ""
  return [].concat(answer.contents).map((part) => part.value || part).join("\n")
}

async function complaints(language, text) {
  const { document } = open(text)
  const found = await language.doValidation(document, language.parseJSONDocument(document))
  return found.map((problem) => problem.message)
}

async function offers(language, text, wanted) {
  const labels = (await completions(language, text)).map((item) => item.label)
  for (const label of wanted) {
    expect(labels.includes(label), `completion in ${text} lacks ${label}; it has ${labels.join(", ")}`)
  }
}

async function explains(language, text, wanted) {
  const said = await hover(language, text)
  expect(said.includes(wanted), `hover in ${text} says ${JSON.stringify(said)}, not ${JSON.stringify(wanted)}`)
}

async function accepts(language, text) {
  const found = await complaints(language, text)
  expect(found.length === 0, `${text} is refused: ${found.join("; ")}`)
}

async function refuses(language, text, wanted) {
  const found = await complaints(language, text)
  expect(found.some((message) => message.includes(wanted)), `${text} is not refused for ${wanted}: ${found.join("; ")}`)
}

async function main() {
  const scenario = service("scenario")
  const base = '"extends": "flash-crash.json"'
  await offers(scenario, "{ | }", ["extends", "stresslab", "clock", "assets", "events"])
  await offers(scenario, `{ ${base}, | }`, ["title", "clock", "assets", "venue", "events"])
  await offers(scenario, `{ ${base}, "events": { "crash": { | } } }`, ["model", "drop", "start", "recovery", "multipliers"])
  await offers(scenario, `{ ${base}, "events": { "crash": { "model": "flashCrash", | } } }`, ["drop", "fall"])
  await offers(scenario, `{ ${base}, "assets": { "AAPL": { "process": { "model": "merton", | } } } }`, ["jumpsPerYear"])
  await offers(scenario, `{ ${base}, "clock": { "calendar": { "model": "|" } } }`, ['"sessions"', '"continuous"'])
  await offers(scenario, '{ "assets": { "A": { "process": { "model": "gbm", | } } } }', ["annualVolatility"])
  await explains(scenario, '{ "assets": { "A": { "process": { "model": "m|erton" } } } }', "jump")
  await explains(scenario, `{ ${base}, "assets": { "A": { "process": { "model": "g|bm" } } } }`, "geometric Brownian motion")
  await explains(scenario, `{ ${base}, "events": { "crash": { "model": "flash|Crash" } } }`, "fall")
  await explains(scenario, `{ ${base}, "clock": { "calendar": { "model": "con|tinuous" } } }`, "coins")
  await explains(scenario, `{ ${base}, "events": { "crash": { "dr|op": 0.2 } } }`, "fraction of price")
  await accepts(scenario, `{ ${base}, "events": { "crash": { "drop": 0.5 } } }`)
  await accepts(scenario, `{ ${base}, "events": { "crash": { "drop": { "high": 0.5 } } } }`)
  await refuses(scenario, `{ ${base}, "events": { "crash": { "dropp": 3 } } }`, "dropp")
  await refuses(scenario, `{ ${base}, "dropp": 3 }`, "dropp")
  await refuses(scenario, `{ ${base}, "clock": { "length": 3 } }`, "string")
  await accepts(scenario, execFileSync(program, ["template", "scenario"], { encoding: "utf8" }))

  const study = service("study")
  await offers(study, '{ "panel": { "hold": { | } } }', ["model"])
  await offers(study, '{ "extends": "default.json", "panel": { "hold": { | } } }', ["leverage", "model"])
  await explains(study, '{ "panel": { "hold": { "model": "buy|AndHold" } } }', "hold")
  await explains(study, '{ "risk": { "a": { "rules": { "b": { "model": "leverage|Cap" } } } } }', "gross leverage")
  await refuses(study, '{ "extends": "default.json", "panel": { "hold": { "leverag": 3 } } }', "leverag")
  await accepts(study, execFileSync(program, ["template", "study"], { encoding: "utf8" }))

  const agent = service("agent")
  await offers(agent, '{ "model": "momentum", | }', ["fast", "slow", "leverage"])
  await explains(agent, '{ "model": "mean|Reversion" }', "mean")
  await accepts(agent, execFileSync(program, ["template", "agent"], { encoding: "utf8" }))

  const training = service("training")
  await offers(training, "{ | }", ["scenarios", "observations", "mandate", "seeds"])
  await offers(training, '{ "observations": [{ "model": "return", | }] }', ["bars", "halfLife"])
  await explains(training, '{ "mandate": { "lever|age": 3 } }', "gross leverage")
  await refuses(training, '{ "extends": "training.json", "mandate": { "leverag": 3 } }', "leverag")
  await accepts(training, execFileSync(program, ["template", "training"], { encoding: "utf8" }))

  if (failures.length) console.log(failures.join("\n"))
  else console.log(`the JSON language service completes, explains and checks as it should in ${checks} places`)
  process.exitCode = failures.length ? 1 : 0
}

main()
