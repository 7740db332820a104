/// <reference types="wps-jsapi" />
// The buttons in WPS: what xlperf's helper (`xlperf serve`) asks of a workbook is answered here. The
// table of what may be asked (`XLPERF_MEMBERS`) and the words (`XLPERF_WORDS`) are written at the build;
// the protocol is described in xlperf/live/host/requests.py. This has not run in WPS yet.

type Scalar = string | number | boolean | null;
type Step = [string, Scalar];
type Ask = ["book" | "app", Step[], "get" | "put" | "call", string, unknown[]];
type Answer = [0, unknown] | [-1, string];
interface Kind {
  links: Record<string, string>;
  items: string;
  get: string[];
  put: string[];
  call: Record<string, string[]>;
}
interface Words {
  buttons: Record<string, Record<string, string>>;
  always: string[];
  [sentence: string]: unknown;
}
interface Request {
  asks?: Ask[];
  choose?: "file" | "folder";
  confirm?: string;
  say?: string;
  open?: string;
  status?: string;
  quiet?: boolean;
  end?: boolean;
  title?: string;
}
interface Reply {
  session: string;
  request: Request;
}
declare const XLPERF_MEMBERS: Record<string, Kind>;
declare const XLPERF_WORDS: Record<string, Words>;

const FILE_PICKER = 3; // msoFileDialogFilePicker
const FOLDER_PICKER = 4; // msoFileDialogFolderPicker
const MANUAL = -4135; // xlCalculationManual
const AUTOMATIC = -4105; // xlCalculationAutomatic
const MANIFEST = "_xlperf"; // the hidden sheet of a workbook of ours

// ---- what is asked of a workbook

/** An object and its type by the table. */
class At {
  constructor(readonly kind: string, readonly what: any) {}
}

/** A property or method of a host's object; without arguments, properties may be either. */
function valueOf(owner: any, member: string): any {
  const value = owner[member];
  return typeof value === "function" ? value.call(owner) : value;
}

function step(at: At, [member, which]: Step): At {
  const entry = XLPERF_MEMBERS[at.kind];
  const kind = member === "Item" ? entry.items : entry.links[member];
  if (!kind) throw new Error(`${at.kind}.${member}`);
  const next = which === null ? valueOf(at.what, member) : at.what[member](which);
  if (next === null || next === undefined) throw new Error(`${at.kind}.${member}`);
  return new At(kind, next);
}

function follow(book: any, app: any, root: string, path: Step[]): At {
  const start = root === "app" ? new At("Application", app) : new At("Workbook", book);
  return path.reduce(step, start);
}

/** An answer as JSON has it: a scalar, rows of scalars, the way to a sheet that was made. */
function plain(value: any): unknown {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map((row) => (Array.isArray(row) ? row.map(plain) : plain(row)));
  if (typeof value !== "object" && typeof value !== "function") return value;
  const name = valueOf(value, "Name");
  return typeof name === "string" ? { path: [["Worksheets", null], ["Item", name]] } : null;
}

function answerOne(book: any, app: any, [root, path, kind, member, given]: Ask): unknown {
  const at = follow(book, app, root, path);
  const entry = XLPERF_MEMBERS[at.kind];
  const values = given.map((value: any) =>
    value !== null && typeof value === "object" && "path" in value ? follow(book, app, "book", value.path).what : value,
  );
  if (kind === "get" && entry.get.includes(member)) return plain(valueOf(at.what, member));
  if (kind === "put" && entry.put.includes(member)) {
    at.what[member] = values[0];
    return null;
  }
  if (kind === "call" && member in entry.call) {
    return plain(at.what[member](...values.map((value) => (value === null ? undefined : value))));
  }
  throw new Error(`${at.kind}.${member}`);
}

/** The answers to asks about a workbook, in order; what is refused says why. */
function answers(book: any, app: any, asks: Ask[]): Answer[] {
  return asks.map((ask): Answer => {
    try {
      return [0, answerOne(book, app, ask)];
    } catch (error) {
      return [-1, String((error as Error).message || error)];
    }
  });
}

// ---- what is asked of the program and of the user

function choose(app: Et.EtApplication, request: Request): string {
  const dialog: any = app.FileDialog(request.choose === "folder" ? FOLDER_PICKER : FILE_PICKER);
  dialog.Title = request.title ?? "";
  return dialog.Show() ? String(dialog.SelectedItems.Item(1)) : "";
}

function quiet(app: Et.EtApplication, on: boolean): void {
  (app as any).ScreenUpdating = !on;
  app.Calculation = (on ? MANUAL : AUTOMATIC) as any;
}

function reply(book: Et.EtWorkbook, app: Et.EtApplication, request: Request): object {
  if (request.asks) return { answers: answers(book, app, request.asks) };
  if (request.choose) return { path: choose(app, request) };
  if (request.confirm !== undefined) return { agreed: confirm(request.confirm) };
  if (request.say !== undefined) alert(request.say);
  if (request.open !== undefined) app.Workbooks.Open(request.open);
  if (request.status !== undefined) app.StatusBar = (request.status || false) as any;
  if (request.quiet !== undefined) quiet(app, request.quiet);
  return {};
}

// ---- the helper

/** The address of the helper that runs, from the note it keeps; "" where none does. */
function helper(): string {
  const places = [
    `${wps.Env.GetHomePath()}/.local/state/xlperf/serving.json`,
    `${wps.Env.GetAppDataPath()}/../Local/xlperf/serving.json`,
  ];
  for (const place of places) {
    try {
      if (wps.FileSystem.Exists(place)) return String(JSON.parse(wps.FileSystem.ReadFile(place)).address);
    } catch {
      // no note that can be read
    }
  }
  return "";
}

async function post(address: string, body: object): Promise<Reply> {
  const response = await fetch(address, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Reply;
}

/** One click: the action runs in the helper and asks until it has ended. */
async function click(action: string): Promise<void> {
  const app = wps.EtApplication();
  const book = app.ActiveWorkbook;
  const address = helper();
  if (!address) {
    alert(word("no_helper"));
    return;
  }
  try {
    let { session, request } = await post(`${address}session`, { action, language: language() });
    while (!request.end) {
      ({ request } = await post(`${address}session/${session}`, reply(book, app, request)));
    }
  } catch (error) {
    quiet(app, false);
    alert(word("failed").replace("{why}", String((error as Error).message || error)));
  }
}

// ---- what the ribbon's XML calls; it is Excel's, so the names are those of Excel's add-in

function language(): string {
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh";
}

function word(key: string): string {
  return String(XLPERF_WORDS[language()][key] ?? "");
}

function buttonWord(control: { Id: string }, part: string): string {
  return XLPERF_WORDS[language()].buttons[control.Id]?.[part] ?? "";
}

function XlperfOnLoad(): boolean {
  return true;
}

function XlperfGetLabel(control: { Id: string }): string {
  return buttonWord(control, "label");
}

function XlperfGetScreentip(control: { Id: string }): string {
  return buttonWord(control, "screentip");
}

function XlperfGetSupertip(control: { Id: string }): string {
  return buttonWord(control, "supertip");
}

function XlperfGetEnabled(control: { Id: string }): boolean {
  if (XLPERF_WORDS[language()].always.includes(control.Id)) return true;
  const book = wps.EtApplication().ActiveWorkbook;
  if (!book) return false;
  for (let number = 1; number <= Number(book.Worksheets.Count); number += 1) {
    const sheet: any = book.Worksheets.Item(number);
    if (sheet.Name === MANIFEST) return true;
  }
  return false;
}

function XlperfOnAction(control: { Id: string }): boolean {
  void click(control.Id);
  return true;
}
