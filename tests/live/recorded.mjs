// The add-in for WPS in Node, over a workbook that only knows what was recorded: what every way to an
// object and every member gave. `node recorded.mjs FOLDER RECORDING NOTE ACTION`; prints what was asked
// that is not in the recording, and what was said.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const [folder, recording, note, action] = process.argv.slice(2);
const recorded = new Map(); // a request's key: its answers in order, the last one again and again
for (const [ask, answer] of JSON.parse(readFileSync(recording, "utf-8"))) {
  const key = JSON.stringify(ask);
  recorded.set(key, [...(recorded.get(key) ?? []), answer]);
}
const unknown = [];
const said = [];
const touched = { get: 0, put: 0, call: 0 };

function answered(root, path, kind, member, given) {
  const key = JSON.stringify([root, path, kind, member, given]);
  const answers = recorded.get(key);
  if (!answers) {
    unknown.push(key);
    throw new Error("not recorded");
  }
  touched[kind] += 1;
  const [status, value] = answers.length > 1 ? answers.shift() : answers[0];
  if (status === -1) throw new Error(value);
  return value;
}

// An object of WPS's: members are properties, or methods where the table says so.
function host(root, path, kind, members) {
  const entry = members[kind];
  return new Proxy({}, {
    get(_, member) {
      if (typeof member !== "string") return undefined;
      if (member === "xlperfPath") return path;
      if (member === "Item" && entry.items) return (which) => host(root, [...path, ["Item", which]], entry.items, members);
      if (member in entry.links) {
        const next = (which) => host(root, [...path, [member, which ?? null]], entry.links[member], members);
        return member === "Range" ? next : next(null);
      }
      if (member in entry.call) {
        return (...given) => {
          const sent = given.map((value) => (value?.xlperfPath ? { path: value.xlperfPath } : value ?? null));
          const value = answered(root, path, "call", member, sent);
          if (value === null || typeof value !== "object") return value;
          const made = JSON.stringify(["book", value.path, "get", "Name", []]); // a sheet knows its name
          if (!recorded.has(made)) recorded.set(made, [[0, value.path.at(-1)[1]]]);
          return host("book", value.path, "Worksheet", members);
        };
      }
      if (entry.get.includes(member)) return answered(root, path, "get", member, []);
      throw new Error(`${kind}.${member} is no member`);
    },
    set(_, member, value) {
      if (!entry.put.includes(member)) throw new Error(`${kind}.${String(member)} cannot be set`);
      answered(root, path, "put", member, [value]);
      return true;
    },
  });
}

const sandbox = {
  console, fetch, JSON, navigator: { language: "zh-CN" },
  alert: (text) => said.push(text),
  confirm: (text) => { said.push(text); return true; },
};
sandbox.window = sandbox;
const context = vm.createContext(sandbox);
const sources = ["members.js", "words.js", "xlperf.js"].map((name) => readFileSync(`${folder}/${name}`, "utf-8"));
vm.runInContext(`${sources.join("\n")}\nthis.members = XLPERF_MEMBERS; this.run = click;
this.label = XlperfGetLabel; this.enabled = XlperfGetEnabled;`, context);
const members = sandbox.members;
const program = { ScreenUpdating: true, Calculation: -4105, StatusBar: false, opened: [] };
const application = new Proxy(program, {
  get(target, member) {
    if (member === "ActiveWorkbook") return host("book", [], "Workbook", members);
    if (member === "Workbooks") return { Open: (path) => target.opened.push(path) };
    if (member in target) return target[member];
    return host("app", [], "Application", members)[member];
  },
});
sandbox.wps = {
  EtApplication: () => application,
  Env: { GetHomePath: () => note, GetAppDataPath: () => "/nowhere" },
  FileSystem: {
    Exists: (path) => path.startsWith(note),
    ReadFile: (path) => readFileSync(path, "utf-8"),
  },
};
await sandbox.run(action);
console.log(JSON.stringify({
  unknown, said, touched, left: { drawing: program.ScreenUpdating, calculation: program.Calculation },
  label: sandbox.label({ Id: action }), enabled: sandbox.enabled({ Id: action }),
}));
